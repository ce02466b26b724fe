using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.Hosts.EsxCli;

/// <summary>An object of a host that has no properties, only methods.</summary>
internal sealed class HostPartObject(ManagedObjectReference reference, HostEntity host) : ManagedObject(reference)
{
    public HostEntity Host { get; } = host;
}
