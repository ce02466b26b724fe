using System.Management.Automation;
using Vic.Engine.Requests;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands.Requests;

/// <summary>
/// The options that a VCH is given when it is made and that can be given to it later. Whatever is not bound leaves what a request has.
/// </summary>
public abstract partial class VchOptionCmdlet : ServerCmdlet
{
    /// <summary>
    /// The server that the endpoint sends its log to: <c>udp://host[:port]</c> or <c>tcp://host[:port]</c>, port 514 when none is named; an empty
    /// text for none. Nothing on the way is encrypted.
    /// </summary>
    [Parameter]
    [AllowEmptyString]
    public string? SyslogAddress { get; set; }

    /// <summary>How much the endpoint logs: 0 for the usual, 1 and more for details.</summary>
    [Parameter]
    [ValidateRange(0, 3)]
    public int? DebugLevel { get; set; }

    /// <summary>A request with the options that were given.</summary>
    private protected VchRequest ApplyOptions(VchRequest request) => request with
    {
        DnsServers = DnsServer ?? request.DnsServers,
        Compute = Apply(request.Compute),
        Containers = Apply(request.Containers),
        Storage = Apply(request.Storage),
        Registries = Apply(request.Registries),
        Proxies = Apply(request.Proxies),
        Tls = Apply(request.Tls),
        SyslogAddress = SyslogAddress ?? request.SyslogAddress,
        DebugLevel = DebugLevel ?? request.DebugLevel,
    };

    /// <summary>Whether the user gave a parameter.</summary>
    private protected bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);
}
