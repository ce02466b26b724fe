namespace Vic.Engine.Certificates;

/// <summary>What a certificate is for.</summary>
public enum CertificateKind
{
    /// <summary>The endpoint shows it to Docker clients.</summary>
    Server,

    /// <summary>It vouches for Docker clients.</summary>
    ClientAuthority,

    /// <summary>It vouches for registries.</summary>
    RegistryAuthority,

    /// <summary>A Docker client shows it to the endpoint.</summary>
    Client,
}
