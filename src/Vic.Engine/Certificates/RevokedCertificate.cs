namespace Vic.Engine.Certificates;

/// <summary>A client certificate that is not let in any more.</summary>
/// <param name="Issuer">The distinguished name of the authority that revoked it.</param>
/// <param name="SerialNumber">Its serial number as upper-case hexadecimal digits.</param>
/// <param name="RevokedAt">Since when, UTC.</param>
public sealed record RevokedCertificate(string Issuer, string SerialNumber, DateTime RevokedAt);
