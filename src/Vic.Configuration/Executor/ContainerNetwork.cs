namespace Vic.Configuration;

/// <summary>A network that virtual machines join: a container network of the host, or the network behind one endpoint.</summary>
public sealed class ContainerNetwork : IGuestInfoStructure
{
    /// <summary>The environment that hosts the entity; the reference system never fills it.</summary>
    public string ExecutionEnvironment { get; set; } = "";

    /// <summary>The port group's managed object reference (<c>Network:net-2</c>).</summary>
    public string Id { get; set; } = "";

    /// <summary>The network's name for container users.</summary>
    public string Name { get; set; } = "";

    /// <summary>Free text; hidden from the guest.</summary>
    public string Notes { get; set; } = "";

    /// <summary><c>bridge</c> or <c>external</c>.</summary>
    public string Type { get; set; } = "";

    /// <summary>Networks that are reached through the gateway.</summary>
    public List<GuestNetworkEntry> Destinations { get; set; } = [];

    /// <summary>The gateway's address with the network's mask.</summary>
    public GuestNetwork? Gateway { get; set; }

    /// <summary>Whether the gateway is the default route.</summary>
    public bool Default { get; set; }

    /// <summary>Name servers of the network.</summary>
    public List<GuestAddress> Nameservers { get; set; } = [];

    /// <summary>Ranges from which addresses are given out.</summary>
    public List<AddressRange> Pools { get; set; } = [];

    /// <summary>Aliases of containers on the network as <c>container:alias</c>; hidden from the guest.</summary>
    public List<string> Aliases { get; set; } = [];

    /// <summary>The firewall policy.</summary>
    public TrustLevel TrustLevel { get; set; }

    /// <summary>The gateway in use; written by the guest.</summary>
    public GuestNetwork? AssignedGateway { get; set; }

    /// <summary>The name servers in use; written by the guest.</summary>
    public List<GuestAddress> AssignedNameservers { get; set; } = [];

    void IGuestInfoStructure.Map(GuestInfoMapper map, GuestInfoKey key)
    {
        var common = key.Child("Common");
        ExecutionEnvironment = map.Text(common.Child("ExecutionEnvironment"), ExecutionEnvironment);
        Id = map.Text(common.Child("id", GuestInfoScope.ReadOnly), Id);
        Name = map.Text(common.Child("name", GuestInfoScope.ReadOnly), Name);
        Notes = map.Text(common.Child("notes", GuestInfoScope.Hidden), Notes);
        Type = map.Text(key.Child("type", GuestInfoScope.ReadWrite), Type);
        Destinations = map.Items(
            key.Child("destinations", GuestInfoScope.ReadOnly), Destinations, static () => new GuestNetworkEntry());
        Gateway = map.Network(key.Child("gateway", GuestInfoScope.ReadOnly), Gateway);
        Default = map.Flag(key.Child("default", GuestInfoScope.ReadOnly), Default);
        Nameservers = map.Addresses(key.Child("dns", GuestInfoScope.ReadOnly), Nameservers);
        Pools = map.Items(key.Child("pools", GuestInfoScope.ReadOnly), Pools, static () => new AddressRange());
        Aliases = map.Texts(key.Child("aliases", GuestInfoScope.Hidden), Aliases);
        TrustLevel = (TrustLevel)map.Integer(key.Child("TrustLevel"), (int)TrustLevel);
        var assigned = key.Child("assigned", GuestInfoScope.ReadWrite);
        AssignedGateway = map.Network(assigned.Child("gateway"), AssignedGateway);
        AssignedNameservers = map.Addresses(assigned.Child("dns"), AssignedNameservers);
    }
}
