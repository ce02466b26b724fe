namespace Vic.Configuration;

/// <summary>Which registries a host uses and how.</summary>
public sealed class RegistryConfiguration
{
    /// <summary>The only registries allowed; all when empty. Host names with <c>*</c>, address ranges or host and port.</summary>
    public List<string> Whitelist { get; set; } = [];

    /// <summary>Registries that may be spoken to without TLS, or without a certificate that can be verified.</summary>
    public List<string> Insecure { get; set; } = [];

    /// <summary>Registries that are asked before Docker Hub, as <c>host[:port]</c> or a URL (our key).</summary>
    public List<string> Mirrors { get; set; } = [];

    internal void Map(GuestInfoMapper map, GuestInfoKey key)
    {
        Whitelist = map.Texts(key.Child("whitelist_registries", GuestInfoScope.ReadOnly), Whitelist);
        Insecure = map.Texts(key.Child("insecure_registries", GuestInfoScope.ReadOnly), Insecure);
        Mirrors = map.Texts(key.Child("mirrors", GuestInfoScope.ReadOnly), Mirrors);
    }
}
