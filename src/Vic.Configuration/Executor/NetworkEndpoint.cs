namespace Vic.Configuration;

/// <summary>A virtual machine's presence on one network (vmware/vic, lib/config/executor/network_interface.go).</summary>
public sealed class NetworkEndpoint : IGuestInfoStructure
{
    /// <summary>The environment that hosts the entity; the reference system never fills it.</summary>
    public string ExecutionEnvironment { get; set; } = "";

    /// <summary>The PCI slot number of the network card, in decimal; networks on one card share it.</summary>
    public string Id { get; set; } = "";

    /// <summary>The name that the interface is to have.</summary>
    public string Name { get; set; } = "";

    /// <summary>Free text; hidden from the guest.</summary>
    public string Notes { get; set; } = "";

    /// <summary>Whether the address was chosen by the user or by address management rather than by DHCP.</summary>
    public bool Static { get; set; }

    /// <summary>The address to set; none for DHCP.</summary>
    public GuestNetwork? Address { get; set; }

    /// <summary>The address in use; written by the guest.</summary>
    public GuestNetwork? Assigned { get; set; }

    /// <summary>The network itself.</summary>
    public ContainerNetwork Network { get; set; } = new();

    /// <summary>Published ports, such as <c>8080:80/tcp</c>.</summary>
    public List<string> Ports { get; set; } = [];

    /// <summary>Whether the network has no way out.</summary>
    public bool Internal { get; set; }

    /// <summary>Writes this endpoint alone, as a guest does when its address has changed.</summary>
    /// <param name="writer">Where the values go.</param>
    /// <param name="root">The root of the executor configuration.</param>
    /// <param name="network">The endpoint's key in <see cref="ExecutorConfiguration.Networks"/>.</param>
    public void Write(GuestInfoWriter writer, GuestInfoKey root, string network) =>
        ((IGuestInfoStructure)this).Map(writer, root.Child("networks", GuestInfoScope.ReadOnly).Entry(network));

    void IGuestInfoStructure.Map(GuestInfoMapper map, GuestInfoKey key)
    {
        var common = key.Child("Common");
        ExecutionEnvironment = map.Text(common.Child("ExecutionEnvironment"), ExecutionEnvironment);
        Id = map.Text(common.Child("id", GuestInfoScope.ReadOnly), Id);
        Name = map.Text(common.Child("name", GuestInfoScope.ReadOnly), Name);
        Notes = map.Text(common.Child("notes", GuestInfoScope.Hidden), Notes);
        Static = map.Flag(key.Child("static", GuestInfoScope.ReadOnly), Static);
        Address = map.Network(key.Child("ip", GuestInfoScope.ReadOnly), Address);
        Assigned = map.Network(key.Child("assigned", GuestInfoScope.ReadWrite), Assigned);
        ((IGuestInfoStructure)Network).Map(map, key.Child("network", GuestInfoScope.ReadOnly));
        Ports = map.Texts(key.Child("ports", GuestInfoScope.ReadOnly), Ports);
        Internal = map.Flag(key.Child("internal", GuestInfoScope.ReadOnly), Internal);
    }
}
