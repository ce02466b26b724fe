namespace Vic.Oci.Registry;

/// <summary>Why a registry did not give what it was asked for.</summary>
public enum RegistryErrorKind
{
    /// <summary>The registry answered with an error that has no name of its own here.</summary>
    Other,

    /// <summary>No connection could be made, or it broke.</summary>
    Unreachable,

    /// <summary>The registry's certificate is not trusted.</summary>
    UntrustedCertificate,

    /// <summary>The registry speaks plain HTTP and is not among the insecure ones.</summary>
    PlainHttp,

    /// <summary>The registry wants credentials, or other ones.</summary>
    Unauthorized,

    /// <summary>The registry does not let this user read the repository, or does not tell whether it exists.</summary>
    Denied,

    /// <summary>There is no such repository.</summary>
    NameUnknown,

    /// <summary>There is no such tag or manifest.</summary>
    ManifestUnknown,

    /// <summary>A layer or configuration is missing.</summary>
    BlobUnknown,

    /// <summary>The registry asks to come back later.</summary>
    TooManyRequests,

    /// <summary>The registry's answer is not what the protocol, or the digest, says.</summary>
    InvalidContent,
}
