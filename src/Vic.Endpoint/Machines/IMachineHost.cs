using Vic.Endpoint.Containers;

namespace Vic.Endpoint.Machines;

/// <summary>Where container VMs live.</summary>
public interface IMachineHost
{
    /// <summary>The container VMs that exist already, with what each remembers of its container.</summary>
    Task<IReadOnlyList<RecoveredMachine>> RecoverAsync(CancellationToken cancellationToken);

    /// <summary>Creates the VM of a container, powered off.</summary>
    Task<IContainerMachine> CreateAsync(ContainerRecord record, string parentDiskPath, CancellationToken cancellationToken);

    /// <summary>The bytes that the container VMs take on datastores.</summary>
    Task<long> MeasureStorageAsync(CancellationToken cancellationToken);

    /// <summary>What <c>docker info</c> tells of the platform.</summary>
    Task<HostFacts> DescribeAsync(CancellationToken cancellationToken);
}
