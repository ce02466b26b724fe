using Vic.Lab.Disks;

namespace Vic.Lab.Machines;

/// <summary>What a machine platform is started with.</summary>
public sealed record MachinePlatformOptions
{
    /// <summary>Which runtime runs the machines.</summary>
    public required RuntimeKind Runtime { get; init; }

    /// <summary>The lab's state directory; sockets of a machine live in <c>vms/&lt;machine id&gt;</c> below it.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>Forwards from loopback ports of this computer into the routed network, in the order given.</summary>
    public IReadOnlyList<PublishRule> Publish { get; init; } = [];

    /// <summary>The room on the datastores.</summary>
    internal StorageSpace Space { get; init; } = new();

    /// <summary>Where the platform logs.</summary>
    public required ILoggerFactory LoggerFactory { get; init; }
}
