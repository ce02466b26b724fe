using Vic.Lab.Inventory.Networks;
using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>A distributed port group.</summary>
internal sealed class PortGroupEntity : NetworkEntity
{
    /// <summary>Ports that a group that may grow gets at once when it has run out of them.</summary>
    private const int Growth = 8;

    private readonly List<DistributedPort> ports = [];
    private readonly Queue<DistributedPort> free = new();

    public PortGroupEntity(
        ManagedObjectReference reference, string name, ManagedObjectReference folder, SwitchEntity owner, DVPortgroupConfigInfo config)
        : base(reference, name, folder)
    {
        Switch = owner;
        config.Key = reference.Value;
        config.Name = name;
        config.DistributedVirtualSwitch = owner.Reference;
        Write("key", reference.Value);
        Write("portKeys", new List<string>());
        Write("config", config);
        Resize(config.NumPorts);
    }

    public SwitchEntity Switch { get; }

    /// <summary>The configuration; a new object for each change.</summary>
    public DVPortgroupConfigInfo Config
    {
        get => Read<DVPortgroupConfigInfo>("config")!;
        set => Write("config", value);
    }

    /// <summary>The ports that exist without being connected.</summary>
    public IReadOnlyList<DistributedPort> Ports => ports;

    /// <summary>Whether ports stay when what was connected goes; of an ephemeral group they do not.</summary>
    public bool HasFixedPorts => Config.Type != "ephemeral";

    /// <summary>Whether another adapter finds a port.</summary>
    public bool HasRoom => !HasFixedPorts || Config.AutoExpand == true || ports.Exists(port => port.Machine is null);

    /// <summary>A group of the default kind: 128 fixed ports, and more when they are needed.</summary>
    public static DVPortgroupConfigInfo DefaultConfig() => new()
    {
        NumPorts = 128,
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
    };

    /// <summary>Gives the group another name, here and where its switch tells it.</summary>
    public void Rename(string name)
    {
        Name = name;
        WriteSummary();
        if (Config.Name != name)
        {
            var config = Config.ShallowClone();
            config.Name = name;
            Config = config;
        }

        Switch.CountPorts();
    }

    public bool Contains(string key) => ports.Exists(port => port.Key == key);

    public bool IsFree(string key) => ports.Exists(port => port.Key == key && port.Machine is null);

    /// <summary>A free port: the one of a key when it is free, else any; null when there is none.</summary>
    public DistributedPort? Take(string? key)
    {
        if (key is not null && ports.Find(port => port.Key == key && port.Machine is null) is { } asked)
        {
            return asked;
        }

        if (FirstFree() is { } port)
        {
            return port;
        }

        if (Config.AutoExpand != true)
        {
            return null;
        }

        Resize(ports.Count + Growth);
        return FirstFree();
    }

    public void Release(DistributedPort port)
    {
        port.Disconnect();
        free.Enqueue(port);
    }

    /// <summary>Makes the group have a number of ports; those that are connected stay.</summary>
    public void Resize(int count)
    {
        if (!HasFixedPorts)
        {
            count = 0;
        }

        while (ports.Count < count)
        {
            var port = new DistributedPort(Switch.NewPortKey(), this);
            ports.Add(port);
            free.Enqueue(port);
        }

        for (var index = ports.Count - 1; index >= 0 && ports.Count > count; index--)
        {
            if (ports[index].Machine is null)
            {
                ports.RemoveAt(index);
            }
        }

        free.Clear();
        ports.FindAll(port => port.Machine is null).ForEach(free.Enqueue);
        Write("portKeys", ports.ConvertAll(port => port.Key));
        if (Config.NumPorts != ports.Count)
        {
            var config = Config.ShallowClone();
            config.NumPorts = ports.Count;
            Config = config;
        }

        Switch.CountPorts();
    }

    // A port in the queue may have been taken by its key meanwhile.
    private DistributedPort? FirstFree()
    {
        while (free.TryDequeue(out var port))
        {
            if (port.Machine is null)
            {
                return port;
            }
        }

        return null;
    }
}
