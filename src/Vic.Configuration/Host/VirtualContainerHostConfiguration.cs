namespace Vic.Configuration;

/// <summary>
/// The configuration of a virtual container host, kept in its appliance's <c>extraConfig</c>
/// (vmware/vic, lib/config/virtual_container_host.go; the keys it has not are listed in docs/guest-configuration.md).
/// </summary>
public sealed class VirtualContainerHostConfiguration
{
    /// <summary>The id of an appliance whose managed object reference is not known yet.</summary>
    public const string CreatingId = "CreatingVCH";

    /// <summary><see cref="GrantPermissions"/> when the operations user is to be granted what it needs.</summary>
    public const string AddPermissions = "ADD";

    /// <summary>The appliance as a virtual machine with sessions and networks.</summary>
    public ExecutorConfiguration Executor { get; } = new();

    /// <summary>The connection to vSphere.</summary>
    public ConnectionConfiguration Connection { get; } = new();

    /// <summary>Certificates of the endpoint, of its clients and of registries.</summary>
    public CertificateConfiguration Certificates { get; } = new();

    /// <summary>Image and volume stores.</summary>
    public StorageConfiguration Storage { get; } = new();

    /// <summary>The bridge network and the container networks.</summary>
    public NetworkConfiguration Network { get; } = new();

    /// <summary>How container virtual machines are made.</summary>
    public ContainerConfiguration Containers { get; } = new();

    /// <summary>Which registries are used and how.</summary>
    public RegistryConfiguration Registries { get; } = new();

    /// <summary>Whether the bridge's port group was created with the host and goes with it.</summary>
    public bool CreateBridgeNetwork { get; set; }

    /// <summary><see cref="AddPermissions"/> or empty.</summary>
    public string GrantPermissions { get; set; } = "";

    /// <summary>The options of the creation as <c>--name=value</c>.</summary>
    public List<string> CreateOptions { get; set; } = [];

    /// <summary>How clients reach the host where that is not the appliance's address: <c>host</c> or <c>host:port</c> (our key).</summary>
    public List<string> AdvertisedAddresses { get; set; } = [];

    /// <summary>Whether a virtual machine's keys are those of a virtual container host.</summary>
    public static bool IsPresentIn(Func<string, string?> source) =>
        source(GuestInfoNames.HostId) is { Length: > 0 } && source(GuestInfoNames.HostTarget) is { Length: > 0 };

    /// <summary>Reads the configuration.</summary>
    /// <exception cref="GuestConfigurationException">A value is not what its key promises.</exception>
    public static VirtualContainerHostConfiguration Read(GuestInfoReader reader)
    {
        var configuration = new VirtualContainerHostConfiguration();
        configuration.Map(reader);
        return configuration;
    }

    /// <summary>Writes the configuration.</summary>
    public void Write(GuestInfoWriter writer) => Map(writer);

    private void Map(GuestInfoMapper map)
    {
        var root = GuestInfoKey.Root;
        const GuestInfoScope readOnly = GuestInfoScope.ReadOnly;
        ((IGuestInfoStructure)Executor).Map(map, GuestInfoKey.Appliance);
        Connection.Map(map, root.Child("connect", readOnly));
        Certificates.Map(map, root.Child("cert", readOnly));
        Storage.Map(map, root.Child("storage", readOnly));
        Network.Map(map, root.Child("network", readOnly));
        Containers.Map(map, root.Child("container", readOnly));
        Registries.Map(map, root.Child("registry", readOnly));
        CreateBridgeNetwork = map.Flag(root.Child("create_bridge_network", readOnly), CreateBridgeNetwork);
        GrantPermissions = map.Text(root.Child("grant_permissions", readOnly), GrantPermissions);
        CreateOptions = map.Texts(root.Child("vic_machine_create_options", readOnly), CreateOptions);
        AdvertisedAddresses = map.Texts(root.Child("advertised", readOnly), AdvertisedAddresses);
    }
}
