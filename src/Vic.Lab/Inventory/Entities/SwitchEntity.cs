using System.Globalization;
using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>A distributed switch.</summary>
internal sealed class SwitchEntity : Entity
{
    private readonly List<PortGroupEntity> groups = [];
    private int lastPort = -1;

    public SwitchEntity(ManagedObjectReference reference, string name, ManagedObjectReference folder, VMwareDVSConfigInfo config)
        : base(reference, name, folder)
    {
        Uuid = Guid.NewGuid().ToString("D");
        config.Uuid = Uuid;
        config.Name = name;
        Write("uuid", Uuid);
        Write("portgroup", new List<ManagedObjectReference>());
        Write("capability", new DVSCapability
        {
            DvsOperationSupported = true,
            DvPortGroupOperationSupported = true,
            DvPortOperationSupported = true,
        });
        Config = config;
    }

    public string Uuid { get; }

    /// <summary>The port groups of the switch.</summary>
    public IReadOnlyList<PortGroupEntity> Groups => groups;

    /// <summary>The hosts that take part in the switch.</summary>
    public IEnumerable<ManagedObjectReference> Hosts => (Config.Host ?? []).Select(member => member.Config.Host).OfType<ManagedObjectReference>();

    /// <summary>The configuration, a new object for each change; what else the switch shows is derived from it.</summary>
    public VMwareDVSConfigInfo Config
    {
        get => Read<VMwareDVSConfigInfo>("config")!;
        set
        {
            Write("config", value);
            Name = value.Name;
            WriteSummary();
            Write("runtime", new DVSRuntimeInfo
            {
                HostMemberRuntime = [.. (value.Host ?? []).Select(member => new HostMemberRuntimeInfo { Host = member.Config.Host!.Value, Status = member.Status })],
            });
        }
    }

    /// <summary>A switch of the default kind.</summary>
    public static VMwareDVSConfigInfo DefaultConfig() => new()
    {
        MaxPorts = int.MaxValue,
        UplinkPortPolicy = new DVSNameArrayUplinkPortPolicy { UplinkPortName = ["uplink1"] },
        DefaultPortConfig = new VMwareDVSPortSetting(),
        Host = [],
        ProductInfo = new DistributedVirtualSwitchProductSpec { Name = "DVS", Vendor = "VMware, Inc.", Version = "6.6.0", ForwardingClass = "cswitch" },
        ConfigVersion = "1",
        Contact = new DVSContactInfo(),
        CreateTime = DateTime.UtcNow,
        NetworkResourceManagementEnabled = true,
        MaxMtu = 9000,
    };

    /// <summary>A host as a member of a switch.</summary>
    public static DistributedVirtualSwitchHostMember Member(ManagedObjectReference host, DistributedVirtualSwitchHostMemberConfigSpec? spec) => new()
    {
        Config = new DistributedVirtualSwitchHostMemberConfigInfo
        {
            Host = host,
            MaxProxySwitchPorts = spec?.MaxProxySwitchPorts ?? 1536,
            Backing = spec?.Backing ?? new DistributedVirtualSwitchHostMemberPnicBacking(),
        },
        Status = "up",
    };

    public void Add(PortGroupEntity group)
    {
        groups.Add(group);
        AddReference("portgroup", group.Reference);
        CountPorts();
    }

    public void Remove(PortGroupEntity group)
    {
        groups.Remove(group);
        RemoveReference("portgroup", group.Reference);
        CountPorts();
    }

    public string NewPortKey() => (++lastPort).ToString(CultureInfo.InvariantCulture);

    /// <summary>Adds up the ports of the port groups.</summary>
    public void CountPorts()
    {
        var ports = groups.Sum(group => group.Ports.Count);
        if (ports != Config.NumPorts)
        {
            var config = Config.ShallowClone();
            config.NumPorts = ports;
            Config = config;
        }
        else
        {
            WriteSummary();
        }
    }

    private void WriteSummary()
    {
        var hosts = Hosts.ToList();
        Write("summary", new DVSSummary
        {
            Name = Name,
            Uuid = Uuid,
            NumPorts = Config.NumPorts,
            ProductInfo = Config.ProductInfo,
            HostMember = hosts,
            Host = hosts,
            PortgroupName = groups.ConvertAll(group => group.Name),
            Description = Config.Description,
            Contact = Config.Contact,
            NumHosts = hosts.Count,
        });
    }
}
