namespace Vic.Oci.Registry;

/// <summary>A registry did not give what it was asked for. The message never holds credentials.</summary>
public sealed class RegistryException(RegistryErrorKind kind, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>The reason.</summary>
    public RegistryErrorKind Kind { get; } = kind;

    /// <summary>Whether the same request may succeed later without a change on either side.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Whether a registry spoke, so that its answer says more than another address's silence.</summary>
    internal bool IsAnswer => Kind is not (RegistryErrorKind.Unreachable or RegistryErrorKind.UntrustedCertificate or RegistryErrorKind.PlainHttp);
}
