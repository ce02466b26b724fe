namespace Vic.Configuration;

/// <summary>How the endpoint reaches vSphere.</summary>
public sealed class ConnectionConfiguration
{
    /// <summary>The service's URL, such as <c>https://vc.example/sdk</c>.</summary>
    public string Target { get; set; } = "";

    /// <summary>The operations user.</summary>
    public string UserName { get; set; } = "";

    /// <summary>The user's password. Sealed.</summary>
    public string Token { get; set; } = "";

    /// <summary>The server certificate's SHA-1 digest as hex pairs with colons; empty when an authority vouches for it.</summary>
    public string TargetThumbprint { get; set; } = "";

    /// <summary>How often an idle session is used to keep it.</summary>
    public TimeSpan KeepAlive { get; set; }

    /// <summary>The server certificate's SHA-256 digest as hex pairs with colons (our key); preferred to SHA-1 where present.</summary>
    public string TargetThumbprintSha256 { get; set; } = "";

    /// <summary>The authorities that vouch for the server, in PEM (our key).</summary>
    public byte[] TargetAuthorities { get; set; } = [];

    internal void Map(GuestInfoMapper map, GuestInfoKey key)
    {
        Target = map.Text(key.Child("target", GuestInfoScope.ReadOnly), Target);
        UserName = map.Text(key.Child("username", GuestInfoScope.ReadOnly), UserName);
        Token = map.Text(key.Child("token", GuestInfoScope.Secret), Token);
        TargetThumbprint = map.Text(key.Child("target_thumbprint", GuestInfoScope.ReadOnly), TargetThumbprint);
        KeepAlive = map.Duration(key.Child("keepalive", GuestInfoScope.ReadOnly), KeepAlive);
        TargetThumbprintSha256 = map.TextIfSet(key.Child("target_thumbprint_sha256"), TargetThumbprintSha256);
        TargetAuthorities = map.Bytes(key.Child("target_ca"), TargetAuthorities);
    }
}
