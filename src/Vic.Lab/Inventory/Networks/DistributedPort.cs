namespace Vic.Lab.Inventory.Networks;

/// <summary>A port of a distributed port group that keeps its number, whoever is connected.</summary>
internal sealed class DistributedPort(string key, PortGroupEntity group)
{
    public string Key { get; } = key;

    public PortGroupEntity Group { get; } = group;

    /// <summary>The virtual machine that the port belongs to; null while it is free.</summary>
    public VirtualMachineEntity? Machine { get; private set; }

    /// <summary>The key of the machine's adapter.</summary>
    public int AdapterKey { get; private set; }

    /// <summary>Another number for each connection, so that a client sees that a port has changed hands.</summary>
    public int ConnectionCookie { get; private set; }

    public DateTime LastStatusChange { get; private set; } = DateTime.UtcNow;

    public void Connect(VirtualMachineEntity machine, int adapterKey)
    {
        Machine = machine;
        AdapterKey = adapterKey;
        ConnectionCookie++;
        LastStatusChange = DateTime.UtcNow;
    }

    public void Disconnect()
    {
        Machine = null;
        LastStatusChange = DateTime.UtcNow;
    }
}
