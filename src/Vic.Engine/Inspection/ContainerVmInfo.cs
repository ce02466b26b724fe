using Vic.Configuration;
using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Inspection;

/// <summary>A container as vSphere sees it: one virtual machine.</summary>
public sealed class ContainerVmInfo
{
    // The guest writes these times: the end of the year 9999 is as far as they go.
    private const long LatestSecond = 253_402_300_799;

    private readonly InventoryEntity _machine;
    private readonly ExecutorConfiguration _configuration;
    private readonly SessionConfiguration? _session;
    private readonly VchInfo? _host;

    internal ContainerVmInfo(InventoryEntity machine, ExecutorConfiguration configuration, VchInfo? host)
    {
        _machine = machine;
        _configuration = configuration;
        _host = host;
        configuration.Sessions.TryGetValue(configuration.Id, out _session);
    }

    /// <summary>The virtual machine.</summary>
    public ManagedObjectReference Reference => _machine.Reference;

    /// <summary>The container's name in Docker.</summary>
    public string Name => _configuration.Name.Length > 0 ? _configuration.Name : _machine.Name;

    /// <summary>The virtual machine's name in vSphere.</summary>
    public string MachineName => _machine.Name;

    /// <summary>The container's id: 64 hexadecimal digits.</summary>
    public string ContainerId => _configuration.Id;

    /// <summary>The image's name as the user gave it.</summary>
    public string Image => _configuration.RepositoryName;

    /// <summary>The image's id.</summary>
    public string ImageId => _configuration.ImageId;

    /// <summary>The layer under the container's own.</summary>
    public string LayerId => _configuration.LayerId;

    /// <summary>The version that made it and whose bootstrap ISO it boots; null when its maker did not say.</summary>
    public string? BootstrapVersion => _configuration.Version is { Version.Length: > 0 } build ? build.ShortVersion : null;

    /// <summary><c>created</c>, <c>running</c>, <c>paused</c> or <c>exited</c>, as Docker says it.</summary>
    public string State => PowerState switch
    {
        "PoweredOn" => "running",
        "Suspended" => "paused",
        _ => _session is null or { Started.Length: 0, StopTime: 0 } ? "created" : "exited",
    };

    /// <summary><c>PoweredOn</c>, <c>PoweredOff</c> or <c>Suspended</c>.</summary>
    public string PowerState => MachineInventory.PowerState(_machine);

    /// <summary>The exit code; null before the process has ended.</summary>
    public int? ExitCode => State == "exited" ? _session?.ExitStatus : null;

    /// <summary>The first address in use; null without one.</summary>
    public string? Address => _configuration.Networks.Values.Select(network => (network.Assigned ?? network.Address)?.Address.ToString())
        .FirstOrDefault(address => address is not null);

    /// <summary>When the container was created.</summary>
    public DateTimeOffset? Created => MachineInventory.Time(_configuration.CreateTime);

    /// <summary>When its process was started.</summary>
    public DateTimeOffset? Started => TimeOfRun(_session?.StartTime ?? 0);

    /// <summary>When its process ended.</summary>
    public DateTimeOffset? Finished => State == "exited" ? TimeOfRun(_session?.StopTime ?? 0) : null;

    /// <summary>The VCH that it belongs to; null when that is gone.</summary>
    public ManagedObjectReference? HostReference => _host?.Reference;

    /// <summary>The name of that VCH.</summary>
    public string? HostName => _host?.Name;

    /// <summary>Whether it has sessions of this product with its endpoint; a container of vic-machine's endpoint has not, and keeps the tether that it was made for.</summary>
    internal bool HasSession => MachineInventory.Keys(_machine).ContainsKey(GuestInfoNames.SessionKey);

    /// <summary>Where the container is on networks, by network.</summary>
    internal IReadOnlyDictionary<string, NetworkEndpoint> Networks => _configuration.Networks;

    /// <summary>The volumes that it mounts, by name.</summary>
    internal IEnumerable<string> Volumes => _configuration.Mounts.Keys;

    /// <summary>How long the container wants between the stop signal and the kill; null when it does not say.</summary>
    internal TimeSpan? StopTimeout => _session is { StopTimeout: > 0 and var seconds } ? TimeSpan.FromSeconds(seconds) : null;

    internal InventoryEntity Machine => _machine;

    internal VchInfo? Host => _host;

    /// <inheritdoc/>
    public override string ToString() => Name;

    // A tether of vic-machine's release writes seconds (vmware/vic, lib/tether), ours nanoseconds.
    private DateTimeOffset? TimeOfRun(long time) =>
        HasSession || time <= 0 ? MachineInventory.Time(time) : DateTimeOffset.FromUnixTimeSeconds(Math.Min(time, LatestSecond));
}
