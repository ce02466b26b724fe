namespace Vic.Engine.Changes;

/// <summary>What is to become of a VCH's certificates.</summary>
public enum TlsChangeKind
{
    /// <summary>The server certificate stays; whose clients are let in may change.</summary>
    Keep,

    /// <summary>A new server certificate by the authority that clients know already.</summary>
    Renew,

    /// <summary>A new authority with a new server certificate and a new client certificate: earlier client certificates open nothing any more.</summary>
    NewAuthority,

    /// <summary>The certificates that the folder holds, made by <c>New-VCHCertificate</c> or elsewhere.</summary>
    UseFolder,

    /// <summary>A server certificate and key of the user's own.</summary>
    UseFiles,
}
