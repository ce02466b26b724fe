using Vic.Engine.Certificates;

namespace Vic.PowerShell.Output;

/// <summary>A certificate of a VCH.</summary>
public sealed class VchCertificate
{
    internal VchCertificate(string vch, RevokedCertificate revoked)
    {
        VCH = vch;
        Kind = CertificateKind.Client;
        Subject = "";
        Issuer = revoked.Issuer;
        Names = [];
        SerialNumber = revoked.SerialNumber;
        Thumbprint = "";
        RevokedAt = revoked.RevokedAt.ToLocalTime();
    }

    internal VchCertificate(string vch, CertificateFacts facts, string? path = null, RevokedCertificate? revoked = null)
    {
        VCH = vch;
        Kind = facts.Kind;
        Subject = facts.Subject;
        Issuer = facts.Issuer;
        Names = [.. facts.Names];
        NotBefore = facts.NotBefore.ToLocalTime();
        NotAfter = facts.NotAfter.ToLocalTime();
        DaysLeft = (int)Math.Floor((facts.NotAfter - DateTime.UtcNow).TotalDays);
        Thumbprint = facts.Thumbprint;
        SerialNumber = facts.SerialNumber;
        RevokedAt = revoked?.RevokedAt.ToLocalTime();
        Path = path;
    }

    /// <summary>The name of the VCH.</summary>
    public string VCH { get; }

    /// <summary><c>Server</c>, <c>ClientAuthority</c>, <c>RegistryAuthority</c> or <c>Client</c>.</summary>
    public CertificateKind Kind { get; }

    /// <summary>The subject's distinguished name; empty for a revoked certificate whose file is not here.</summary>
    public string Subject { get; }

    /// <summary>The issuer's distinguished name.</summary>
    public string Issuer { get; }

    /// <summary>The names and addresses that it is valid for; empty unless it is a server's.</summary>
    public string[] Names { get; }

    /// <summary>From when it is valid, local time; empty when its file is not here.</summary>
    public DateTime? NotBefore { get; }

    /// <summary>Until when it is valid, local time; empty when its file is not here.</summary>
    public DateTime? NotAfter { get; }

    /// <summary>Whole days until it expires; negative when it has expired, empty when its file is not here.</summary>
    public int? DaysLeft { get; }

    /// <summary>Its serial number as hexadecimal digits.</summary>
    public string SerialNumber { get; }

    /// <summary>Whether the VCH lets it in no more.</summary>
    public bool IsRevoked => RevokedAt is not null;

    /// <summary>Since when the VCH lets it in no more, local time.</summary>
    public DateTime? RevokedAt { get; }

    /// <summary>Its SHA-256 digest as hexadecimal digits.</summary>
    public string Thumbprint { get; }

    /// <summary>The folder that it is in; empty for those that the endpoint holds, and for revoked ones whose file is not here.</summary>
    public string? Path { get; }

    /// <inheritdoc/>
    public override string ToString() => Subject;
}
