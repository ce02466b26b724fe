using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>A distributed switch.</summary>
internal sealed class SwitchEntity : Entity
{
    public SwitchEntity(
        ManagedObjectReference reference, string name, ManagedObjectReference folder, IReadOnlyList<ManagedObjectReference> hosts)
        : base(reference, name, folder)
    {
        Uuid = Guid.NewGuid().ToString("D");
        var product = new DistributedVirtualSwitchProductSpec { Name = "DVS", Vendor = "VMware, Inc.", Version = "6.6.0", ForwardingClass = "cswitch" };
        Write("uuid", Uuid);
        Write("portgroup", new List<ManagedObjectReference>());
        Write("capability", new DVSCapability
        {
            DvsOperationSupported = true,
            DvPortGroupOperationSupported = true,
            DvPortOperationSupported = true,
        });
        Write("summary", new DVSSummary
        {
            Name = name,
            Uuid = Uuid,
            NumPorts = 0,
            ProductInfo = product,
            HostMember = [.. hosts],
            Host = [.. hosts],
            NumHosts = hosts.Count,
        });
        Write("config", new VMwareDVSConfigInfo
        {
            Uuid = Uuid,
            Name = name,
            MaxPorts = int.MaxValue,
            UplinkPortPolicy = new DVSNameArrayUplinkPortPolicy { UplinkPortName = ["uplink1"] },
            DefaultPortConfig = new VMwareDVSPortSetting(),
            Host = [.. hosts.Select(host => new DistributedVirtualSwitchHostMember
            {
                Config = new DistributedVirtualSwitchHostMemberConfigInfo
                {
                    Host = host,
                    MaxProxySwitchPorts = 1536,
                    Backing = new DistributedVirtualSwitchHostMemberPnicBacking(),
                },
                Status = "up",
            })],
            ProductInfo = product,
            ConfigVersion = "1",
            Contact = new DVSContactInfo(),
            CreateTime = DateTime.UtcNow,
            NetworkResourceManagementEnabled = true,
            MaxMtu = 9000,
        });
        Write("runtime", new DVSRuntimeInfo
        {
            HostMemberRuntime = [.. hosts.Select(host => new HostMemberRuntimeInfo { Host = host, Status = "up" })],
        });
    }

    public string Uuid { get; }
}
