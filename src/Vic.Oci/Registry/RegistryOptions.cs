using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Vic.Oci.Registry;

/// <summary>How registries are reached and trusted.</summary>
public sealed record RegistryOptions
{
    /// <summary>Hosts (with or without port) and address ranges in CIDR form that may have any certificate, or none at all.</summary>
    public IReadOnlyList<string> InsecureRegistries { get; init; } = [];

    /// <summary>Authorities that are trusted besides the system's.</summary>
    public X509Certificate2Collection CertificateAuthorities { get; init; } = [];

    /// <summary>Registries that are asked for docker.io's images first, in order.</summary>
    public IReadOnlyList<Uri> Mirrors { get; init; } = [];

    /// <summary>The way out, when there is no direct one.</summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>What the client calls itself.</summary>
    public string UserAgent { get; init; } = "vic-powershell";

    /// <summary>How long one connection may take to be made.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a registry may stay silent in the middle of an answer.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a layer's download is tried before the pull fails.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>The wait before the second attempt; the wait before the nth is n-1 times as long.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(2);
}
