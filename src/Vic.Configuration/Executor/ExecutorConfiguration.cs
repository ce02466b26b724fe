namespace Vic.Configuration;

/// <summary>
/// What PID 1 of a virtual machine needs to know: of a container's at the root of the keys, of the appliance's under <c>init</c>
/// (vmware/vic, lib/config/executor/container_vm.go; the keys it has not are listed in docs/guest-configuration.md).
/// </summary>
public sealed class ExecutorConfiguration : IGuestInfoStructure
{
    /// <summary>The environment that hosts the entity; the reference system never fills it.</summary>
    public string ExecutionEnvironment { get; set; } = "";

    /// <summary>The container's id (64 hex digits), or the appliance's own managed object reference (<c>VirtualMachine:vm-12</c>).</summary>
    public string Id { get; set; } = "";

    /// <summary>The display name; hidden from the guest so that a rename does not concern it.</summary>
    public string Name { get; set; } = "";

    /// <summary>Free text; hidden from the guest.</summary>
    public string Notes { get; set; } = "";

    /// <summary>When the entity was created, in nanoseconds since 1970.</summary>
    public long CreateTime { get; set; }

    /// <summary>Log level and restart counters.</summary>
    public Diagnostics Diagnostics { get; } = new();

    /// <summary>The processes that belong to the virtual machine, by session id; a container has one, named as the container.</summary>
    public Dictionary<string, SessionConfiguration> Sessions { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Processes that vanish with the power state.</summary>
    public Dictionary<string, SessionConfiguration> Execs { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Volumes by name.</summary>
    public Dictionary<string, MountConfiguration> Mounts { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Network presences by network name.</summary>
    public Dictionary<string, NetworkEndpoint> Networks { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The host key of the reference system's attach protocol (PEM); our sessions do not use it.</summary>
    public byte[] Key { get; set; } = [];

    /// <summary>The image layer under the container's own.</summary>
    public string LayerId { get; set; } = "";

    /// <summary>The image's id.</summary>
    public string ImageId { get; set; } = "";

    /// <summary>What the API side keeps with the entity, such as Docker's labels; hidden from the guest.</summary>
    public Dictionary<string, string> Annotations { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The image's name as the user gave it.</summary>
    public string RepositoryName { get; set; } = "";

    /// <summary>The build that wrote the configuration.</summary>
    public ProductBuild? Version { get; set; }

    /// <summary>Whether answers leave by the interface by which requests came.</summary>
    public bool AsymmetricRouting { get; set; }

    /// <summary>The host name; the first 12 digits of the id where empty.</summary>
    public string HostName { get; set; } = "";

    /// <summary>The domain name.</summary>
    public string DomainName { get; set; } = "";

    /// <summary>How the guest reaches the endpoint.</summary>
    public AttachConfiguration Attach { get; } = new();

    /// <summary>What the guest writes into the container's <c>resolv.conf</c> and <c>hosts</c>.</summary>
    public NameResolution NameResolution { get; } = new();

    /// <summary>The container's file systems and kernel settings beyond its volumes.</summary>
    public ContainerEnvironment Environment { get; } = new();

    /// <summary>Reads the configuration.</summary>
    /// <param name="reader">Where the values come from.</param>
    /// <param name="root"><see cref="GuestInfoKey.Root"/> for a container, <see cref="GuestInfoKey.Appliance"/> for the appliance.</param>
    /// <exception cref="GuestConfigurationException">A value is not what its key promises.</exception>
    public static ExecutorConfiguration Read(GuestInfoReader reader, GuestInfoKey root)
    {
        var configuration = new ExecutorConfiguration();
        ((IGuestInfoStructure)configuration).Map(reader, root);
        return configuration;
    }

    /// <summary>Writes the configuration.</summary>
    /// <param name="writer">Where the values go.</param>
    /// <param name="root"><see cref="GuestInfoKey.Root"/> for a container, <see cref="GuestInfoKey.Appliance"/> for the appliance.</param>
    public void Write(GuestInfoWriter writer, GuestInfoKey root) => ((IGuestInfoStructure)this).Map(writer, root);

    void IGuestInfoStructure.Map(GuestInfoMapper map, GuestInfoKey key)
    {
        var common = key.Child("common", GuestInfoScope.ReadOnly);
        ExecutionEnvironment = map.Text(common.Child("ExecutionEnvironment"), ExecutionEnvironment);
        Id = map.Text(common.Child("id", GuestInfoScope.ReadOnly), Id);
        Name = map.Text(common.Child("name", GuestInfoScope.Hidden), Name);
        Notes = map.Text(common.Child("notes", GuestInfoScope.Hidden), Notes);
        CreateTime = map.Number(key.Child("createtime", GuestInfoScope.ReadWrite), CreateTime);
        Diagnostics.Map(map, key.Child("diagnostics", GuestInfoScope.ReadOnly));
        Sessions = map.Entries(key.Child("sessions", GuestInfoScope.ReadOnly), Sessions, static () => new SessionConfiguration());
        Execs = map.Entries(
            key.Child("execs", GuestInfoScope.ReadOnly | GuestInfoScope.NonPersistent), Execs, static () => new SessionConfiguration());
        Mounts = map.Entries(key.Child("mounts", GuestInfoScope.ReadOnly), Mounts, static () => new MountConfiguration());
        Networks = map.Entries(key.Child("networks", GuestInfoScope.ReadOnly), Networks, static () => new NetworkEndpoint());
        Key = map.Bytes(key.Child("key", GuestInfoScope.ReadOnly), Key);
        LayerId = map.Text(key.Child("layerid", GuestInfoScope.ReadOnly), LayerId);
        ImageId = map.Text(key.Child("imageid", GuestInfoScope.ReadOnly), ImageId);
        Annotations = map.TextEntries(key.Child("annotations", GuestInfoScope.Hidden), Annotations);
        RepositoryName = map.Text(key.Child("repo", GuestInfoScope.ReadOnly), RepositoryName);
        Version = map.Optional(key.Child("version", GuestInfoScope.ReadOnly), Version, static () => new ProductBuild());
        AsymmetricRouting = map.Flag(key.Child("asymrouting", GuestInfoScope.ReadOnly), AsymmetricRouting);
        HostName = map.Text(key.Child("hostname", GuestInfoScope.ReadOnly), HostName);
        DomainName = map.Text(key.Child("domainname", GuestInfoScope.ReadOnly), DomainName);
        Attach.Map(map, key.Child("attach", GuestInfoScope.ReadOnly));
        NameResolution.Map(map, key.Child("names", GuestInfoScope.ReadOnly));
        Environment.Map(map, key.Child("environment", GuestInfoScope.ReadOnly));
    }
}
