using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>A network: what standard port groups of one name on all hosts have in common, or a distributed port group.</summary>
internal class NetworkEntity : Entity
{
    public NetworkEntity(ManagedObjectReference reference, string name, ManagedObjectReference folder)
        : base(reference, name, folder)
    {
        Write("summary", new NetworkSummary { Network = reference, Name = name, Accessible = true, IpPoolName = string.Empty });
        Write("host", new List<ManagedObjectReference>());
        Write("vm", new List<ManagedObjectReference>());
    }
}
