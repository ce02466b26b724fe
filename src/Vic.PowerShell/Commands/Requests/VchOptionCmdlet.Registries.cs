using System.Management.Automation;
using Vic.Engine.Requests;

namespace Vic.PowerShell.Commands.Requests;

public abstract partial class VchOptionCmdlet
{
    /// <summary>DNS servers of the endpoint.</summary>
    [Parameter]
    public string[]? DnsServer { get; set; }

    /// <summary>Registries that are asked before Docker Hub.</summary>
    [Parameter]
    public string[]? RegistryMirror { get; set; }

    /// <summary>Authorities that vouch for registries: PEM files, or PEM texts.</summary>
    [Parameter]
    public string[]? RegistryCA { get; set; }

    /// <summary>Registries that may be spoken to without TLS, or with a certificate that nobody vouches for.</summary>
    [Parameter]
    public string[]? InsecureRegistry { get; set; }

    /// <summary>The only registries that images may come from: <c>host[:port]</c>, <c>*.domain</c> or a network.</summary>
    [Parameter]
    public string[]? WhitelistRegistry { get; set; }

    /// <summary>The proxy on the way to registries without TLS, <c>http://host:port</c>; an empty text for none.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? HttpProxy { get; set; }

    /// <summary>The proxy on the way to registries with TLS, <c>http://host:port</c>; an empty text for none.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? HttpsProxy { get; set; }

    /// <summary>Hosts, domains and networks that are reached without a proxy.</summary>
    [Parameter]
    public string[]? NoProxy { get; set; }

    private RegistryRequest Apply(RegistryRequest request) => request with
    {
        Mirrors = RegistryMirror ?? request.Mirrors,
        Authorities = RegistryCA?.Select(PemSource).ToList() ?? request.Authorities,
        Insecure = InsecureRegistry ?? request.Insecure,
        Whitelist = WhitelistRegistry ?? request.Whitelist,
    };

    private ProxyRequest Apply(ProxyRequest request) => request with
    {
        Http = HttpProxy ?? request.Http,
        Https = HttpsProxy ?? request.Https,
        Exceptions = NoProxy ?? request.Exceptions,
    };

    private string PemSource(string source) => PemArgument.Locate(source, FullPath);
}
