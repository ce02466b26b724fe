namespace Vic.Engine.Requests;

/// <summary>The account by which the endpoint works with vSphere, and how it knows the server.</summary>
/// <param name="UserName">The user.</param>
/// <param name="Password">The password. A secret: it is kept sealed in the VCH's configuration.</param>
public sealed record EndpointCredential(string UserName, string Password)
{
    /// <inheritdoc/>
    public override string ToString() => UserName;
}
