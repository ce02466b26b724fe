using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>A distributed port group.</summary>
internal sealed class PortGroupEntity : NetworkEntity
{
    public PortGroupEntity(ManagedObjectReference reference, string name, ManagedObjectReference folder, ManagedObjectReference owner)
        : base(reference, name, folder)
    {
        Write("key", reference.Value);
        Write("portKeys", new List<string>());
        Write("config", new DVPortgroupConfigInfo
        {
            Key = reference.Value,
            Name = name,
            NumPorts = 128,
            DistributedVirtualSwitch = owner,
            DefaultPortConfig = new VMwareDVSPortSetting
            {
                Vlan = new VmwareDistributedVirtualSwitchVlanIdSpec { VlanId = 0, Inherited = false },
            },
            Type = "earlyBinding",
            Policy = new VMwareDVSPortgroupPolicy
            {
                BlockOverrideAllowed = true,
                LivePortMovingAllowed = false,
                PortConfigResetAtDisconnect = true,
            },
            ConfigVersion = "0",
            AutoExpand = true,
            Uplink = false,
        });
    }

    public DVPortgroupConfigInfo Config => Read<DVPortgroupConfigInfo>("config")!;
}
