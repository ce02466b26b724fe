using Vic.Engine.Certificates;

namespace Vic.PowerShell.Output;

/// <summary>A certificate of a VCH.</summary>
public sealed class VchCertificate
{
    internal VchCertificate(string vch, CertificateFacts facts, string? path = null)
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
        Path = path;
    }

    /// <summary>The name of the VCH.</summary>
    public string VCH { get; }

    /// <summary><c>Server</c>, <c>ClientAuthority</c>, <c>RegistryAuthority</c> or <c>Client</c>.</summary>
    public CertificateKind Kind { get; }

    /// <summary>The subject's distinguished name.</summary>
    public string Subject { get; }

    /// <summary>The issuer's distinguished name.</summary>
    public string Issuer { get; }

    /// <summary>The names and addresses that it is valid for; empty unless it is a server's.</summary>
    public string[] Names { get; }

    /// <summary>From when it is valid, local time.</summary>
    public DateTime NotBefore { get; }

    /// <summary>Until when it is valid, local time.</summary>
    public DateTime NotAfter { get; }

    /// <summary>Whole days until it expires; negative when it has expired.</summary>
    public int DaysLeft { get; }

    /// <summary>Its SHA-256 digest as hexadecimal digits.</summary>
    public string Thumbprint { get; }

    /// <summary>The folder that it is in; empty for those that the endpoint holds.</summary>
    public string? Path { get; }

    /// <inheritdoc/>
    public override string ToString() => Subject;
}
