using System.Collections.Concurrent;
using Vic.Endpoint.Containers;
using Vic.Endpoint.Machines;

namespace Vic.Endpoint.Tests.Doubles;

/// <summary>A platform whose machines are objects; it proves what the API does, and nothing about virtual machines.</summary>
internal sealed class InMemoryHost : IMachineHost
{
    public ConcurrentDictionary<string, InMemoryMachine> Machines { get; } = new();

    /// <summary>What machines wait for between power on and their process.</summary>
    public Task Boot { get; init; } = Task.CompletedTask;

    public Task<IReadOnlyList<RecoveredMachine>> RecoverAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RecoveredMachine>>([.. Machines.Values.Select(machine =>
            new RecoveredMachine(machine.Record, machine, machine.IsOn, machine.Report))]);

    public Task<IContainerMachine> CreateAsync(ContainerRecord record, string parentDiskPath, CancellationToken cancellationToken)
    {
        var machine = new InMemoryMachine(record, Boot, () => Machines.TryRemove(record.Id, out _));
        Machines[record.Id] = machine;
        return Task.FromResult<IContainerMachine>(machine);
    }

    /// <summary>What the machines are said to take.</summary>
    public long StoredBytes { get; set; }

    public Task<long> MeasureStorageAsync(CancellationToken cancellationToken) => Task.FromResult(StoredBytes);

    public Task<HostFacts> DescribeAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new HostFacts("VMware vCenter Server 8.0.2", 4000, 8L << 30, 2));
}
