using System.Security.Authentication;

namespace Vic.Oci.Registry;

/// <summary>Carries the reason of a refused certificate out of the TLS handshake, which says the same for every failure.</summary>
internal sealed class RefusedCertificateException(string message) : AuthenticationException(message);
