namespace Vic.Oci.Registry;

/// <summary>One address of a registry.</summary>
/// <param name="Address">Scheme, host and port.</param>
/// <param name="TrustsAnyCertificate">Whether the certificate is looked at.</param>
/// <param name="IsMirror">Whether it stands in for another registry; then it never sees that one's credentials.</param>
internal sealed record RegistryEndpoint(Uri Address, bool TrustsAnyCertificate, bool IsMirror)
{
    public Uri Ping => new(Address, "v2/");

    public Uri Manifest(string repository, string target) => new(Address, $"v2/{repository}/manifests/{target}");

    public Uri Tags(string repository) => new(Address, $"v2/{repository}/tags/list");

    public Uri Blob(string repository, string digest) => new(Address, $"v2/{repository}/blobs/{digest}");
}
