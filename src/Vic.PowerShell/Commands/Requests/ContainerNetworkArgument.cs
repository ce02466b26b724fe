using System.Management.Automation;
using Vic.Engine;
using Vic.Engine.Requests;

namespace Vic.PowerShell.Commands.Requests;

/// <summary>What a user passes for a container network: a port group, or a table that says more of it.</summary>
internal static class ContainerNetworkArgument
{
    /// <param name="argument">A name, an object, or a table with <c>Network</c> and the rest.</param>
    /// <param name="selector">Reads a port group.</param>
    /// <exception cref="VicException">The table has a name that means nothing.</exception>
    public static ContainerNetworkRequest Read(PSObject argument, Func<PSObject, InventorySelector> selector)
    {
        if (OptionTable.TryRead(argument) is not { } table)
        {
            return new ContainerNetworkRequest { Network = selector(argument) };
        }

        table.RefuseOthers("ContainerNetwork", "Network", "Alias", "Gateway", "IPRange", "DnsServer", "Firewall");
        return new ContainerNetworkRequest
        {
            Network = selector(PSObject.AsPSObject(table.Get("Network") ?? "")),
            Alias = table.Text("Alias"),
            Gateway = table.Text("Gateway"),
            IPRanges = table.Texts("IPRange"),
            DnsServers = table.Texts("DnsServer"),
            Firewall = table.Text("Firewall"),
        };
    }
}
