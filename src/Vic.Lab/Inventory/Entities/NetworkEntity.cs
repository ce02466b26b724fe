using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>A network: what standard port groups of one name on all hosts have in common, or a distributed port group.</summary>
internal class NetworkEntity : Entity
{
    public NetworkEntity(ManagedObjectReference reference, string name, ManagedObjectReference folder)
        : base(reference, name, folder)
    {
        Write("host", new List<ManagedObjectReference>());
        Write("vm", new List<ManagedObjectReference>());
        WriteSummary();
    }

    protected void WriteSummary()
        => Write("summary", new NetworkSummary { Network = Reference, Name = Name, Accessible = true, IpPoolName = string.Empty });
}
