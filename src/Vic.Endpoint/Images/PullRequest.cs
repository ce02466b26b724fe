namespace Vic.Endpoint.Images;

/// <summary>What <c>docker pull</c> asks for.</summary>
/// <param name="Repository">The name as the user gave it, without tag and digest.</param>
/// <param name="TagOrDigest">A tag, or a digest such as <c>sha256:...</c>; null asks for every tag of the repository.</param>
public sealed record PullRequest(string Repository, string? TagOrDigest)
{
    /// <summary>A platform such as <c>linux/amd64</c>; null = the VCH's own.</summary>
    public string? Platform { get; init; }

    /// <summary>What to show the registry; null = nobody.</summary>
    public RegistryCredentials? Credentials { get; init; }
}
