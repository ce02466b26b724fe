using System.Management.Automation;
using Vic.PowerShell.PowerCli;

namespace Vic.PowerShell.Sessions;

/// <summary>A server that may be meant: connected by this module, or by PowerCLI and not yet joined.</summary>
internal sealed record ServerChoice(VicServer? Own, PowerCliSession? Session)
{
    private string Host => Own?.Name ?? Session!.Address.Host;

    private int Port => Own?.Port ?? Session!.Address.Port;

    public static ServerChoice Of(VicServer own) => new(own, null);

    public static ServerChoice Of(PowerCliSession session) => new(null, session);

    /// <summary>The servers of a runspace, in the order in which they are the default: PowerCLI's, then the module's own, the last one connected first.</summary>
    /// <param name="state">What the module remembers.</param>
    /// <param name="getVariable">Reads a variable of the runspace.</param>
    public static IReadOnlyList<ServerChoice> All(RunspaceState state, Func<string, object?> getVariable) =>
    [
        .. PowerCliSession.Defaults(getVariable("global:DefaultVIServers"), getVariable("global:DefaultVIServer")).Select(Of),
        .. state.Servers.Where(server => server.IsConnected).Reverse().Select(Of),
    ];

    /// <summary>True when a user's text means this server: its name, or name and port, wildcards allowed.</summary>
    public bool IsNamed(string text)
    {
        // As text first: the brackets of an IPv6 address are no pattern.
        string[] names = [Host, $"{Host}:{Port}"];
        var pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase);
        return names.Any(name => string.Equals(text, name, StringComparison.OrdinalIgnoreCase) || pattern.IsMatch(name));
    }

    public override string ToString() => Own?.ToString() ?? Session!.ToString();
}
