using System.Net;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace Vic.Engine.Certificates;

/// <summary>A name that a server certificate is valid for: an IP address, a DNS name, or a wildcard such as <c>*.example.org</c>.</summary>
public readonly record struct SubjectName
{
    private SubjectName(string text, bool isAddress)
    {
        Text = text;
        IsAddress = isAddress;
    }

    /// <summary>The name as clients dial it, in lower case.</summary>
    public string Text { get; }

    /// <summary>True for an IP address.</summary>
    public bool IsAddress { get; }

    /// <summary>Reads a name; null when the text is neither an IP address nor a DNS name.</summary>
    public static SubjectName? TryParse(string text)
    {
        var name = text.Trim().TrimEnd('.');
        if (IPAddress.TryParse(name.Trim('[', ']'), out var address))
        {
            return new SubjectName(address.ToString(), isAddress: true);
        }

        var host = name.StartsWith("*.", StringComparison.Ordinal) ? name.Substring(2) : name;
        return Uri.CheckHostName(host) == UriHostNameType.Dns ? new SubjectName(name.ToLowerInvariant(), isAddress: false) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Reads a name of a certificate; null for one that no Docker client dials.</summary>
    internal static SubjectName? TryRead(GeneralName name) => name.TagNo switch
    {
        GeneralName.DnsName => TryParse(name.Name.ToString()!),
        GeneralName.IPAddress when Asn1OctetString.GetInstance(name.Name).GetOctets() is { Length: 4 or 16 } address => TryParse(new IPAddress(address).ToString()),
        _ => null,
    };

    internal GeneralName ToGeneralName() => new(IsAddress ? GeneralName.IPAddress : GeneralName.DnsName, Text);
}
