namespace Vic.Configuration;

/// <summary>How a host makes its container virtual machines.</summary>
public sealed class ContainerConfiguration
{
    /// <summary>The naming convention when none is set.</summary>
    public const string DefaultNameConvention = "{name}-{id}";

    /// <summary>The resource pools that take containers.</summary>
    public List<ManagedObjectIdentity> ComputeResources { get; set; } = [];

    /// <summary>The ISO that containers boot, as a datastore path.</summary>
    public string BootstrapImagePath { get; set; } = "";

    /// <summary>The virtual machines' display names, with <c>{name}</c> and <c>{id}</c>.</summary>
    public string NameConvention { get; set; } = "";

    /// <summary>Whether the virtual machines are members of a DRS group.</summary>
    public bool UseVmGroup { get; set; }

    /// <summary>The DRS group's name.</summary>
    public string VmGroupName { get; set; } = "";

    /// <summary>How many containers there may be; 0 without limit.</summary>
    public int ContainerLimit { get; set; }

    /// <summary>Whether attach sessions use the serial port even where the bridge network would do (our key).</summary>
    public bool SerialAttach { get; set; }

    internal void Map(GuestInfoMapper map, GuestInfoKey key)
    {
        ComputeResources = map.Items(
            key.Child("ComputeResources", GuestInfoScope.ReadOnly), ComputeResources, static () => new ManagedObjectIdentity());
        BootstrapImagePath = map.Text(key.Child("bootstrap_image_path", GuestInfoScope.ReadOnly), BootstrapImagePath);
        NameConvention = map.Text(key.Child("ContainerNameConvention"), NameConvention);
        UseVmGroup = map.Flag(key.Child("UseVMGroup"), UseVmGroup);
        VmGroupName = map.Text(key.Child("VMGroupName"), VmGroupName);
        ContainerLimit = map.Integer(key.Child("container_count", GuestInfoScope.ReadOnly), ContainerLimit);
        SerialAttach = map.FlagIfSet(key.Child("serial_attach"), SerialAttach);
    }
}
