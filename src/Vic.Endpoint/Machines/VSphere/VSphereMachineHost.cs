using Vic.Configuration;
using Vic.Endpoint.Containers;
using Vic.Endpoint.Sessions;
using Vic.Vim25;

namespace Vic.Endpoint.Machines.VSphere;

/// <summary>The containers' place in vSphere: the VCH's folder and resource pool.</summary>
/// <param name="platform">Where that is.</param>
/// <param name="watch">Tells of power states; runs beside the host.</param>
/// <param name="sessions">Where the containers' tethers arrive.</param>
internal sealed class VSphereMachineHost(VSpherePlatform platform, MachineWatch watch, GuestSessions sessions) : IMachineHost, IDisposable
{
    private const string Pool = "resourcePool";
    private const string Parent = "parent";

    private readonly VimClient _client = platform.Client;
    private readonly MachineGroup _group = new(platform.Client, platform.ResourcePool, platform.MachineGroup);
    private readonly ContainerPlacement _placement = new(platform.Client, platform.Folder, platform.ResourcePool, platform.Endpoint);

    /// <summary>A VM's keys and values.</summary>
    public static IReadOnlyDictionary<string, string> Values(IEnumerable<OptionValue>? options)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var option in options ?? [])
        {
            values[option.Key] = option.Value as string ?? "";
        }

        return values;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RecoveredMachine>> RecoverAsync(CancellationToken cancellationToken)
    {
        var recovered = new List<RecoveredMachine>();
        var found = await ReadOwnAsync(
            ["runtime.powerState", "config.hardware.numCPU", "config.hardware.memoryMB", "config.extraConfig"], cancellationToken).ConfigureAwait(false);
        foreach (var machine in found)
        {
            var values = Values(machine.Get<IEnumerable<OptionValue>>("config.extraConfig"));
            if ((ContainerConfigurationCodec.Decode(values) ?? EarlierContainerCodec.Decode(values)) is not { } record)
            {
                continue;
            }

            if (record.IsEarlier)
            {
                record = record with
                {
                    Processors = machine.Get<int>("config.hardware.numCPU"),
                    MemoryMegabytes = machine.Get<int>("config.hardware.memoryMB"),
                };
            }

            var isOn = machine.Get<VirtualMachinePowerState>("runtime.powerState") != VirtualMachinePowerState.PoweredOff;
            var power = watch.Follow(machine.Reference);
            var own = new VSphereMachine(platform, machine.Reference, record, power, sessions);
            if (isOn && !record.IsEarlier)
            {
                own.ExpectGuest();
            }

            await power.WaitUntilKnownAsync(cancellationToken).ConfigureAwait(false);
            recovered.Add(new RecoveredMachine(
                record,
                record.IsEarlier ? new EarlierMachine(platform, machine.Reference, record, own) : own,
                isOn,
                ContainerConfigurationCodec.DecodeReport(values, record.Id, record.IsEarlier),
                ContainerConfigurationCodec.DecodeAddress(values)));
        }

        return recovered;
    }

    /// <inheritdoc/>
    public async Task<IContainerMachine> CreateAsync(ContainerRecord record, string parentDiskPath, CancellationToken cancellationToken)
    {
        var configuration = ContainerConfigurationCodec.Encode(record, sessions.KeyOf(record.Id), platform.Sessions.AddressFor(record), network: null);
        var keys = GuestInfoSet.Of(configuration, SecretKey.Generate());
        var spec = ContainerMachineSpec.Create(platform, record, parentDiskPath, keys);
        var request = await _placement.RequestAsync(spec, cancellationToken).ConfigureAwait(false);
        var task = await _client.InvokeAsync(request, cancellationToken).ConfigureAwait(false);

        // Once asked for, the VM will be there: a client that left must not leave one behind that nobody knows.
        var info = await _client.WaitForTaskAsync(task, cancelTask: false, cancellationToken: CancellationToken.None).ConfigureAwait(false);
        var reference = info.Result is ManagedObjectReference created
            ? created
            : throw new InvalidOperationException("vSphere created the container's VM but does not tell which it is");
        var power = watch.Follow(reference);
        var machine = new VSphereMachine(platform, reference, record, power, sessions);
        try
        {
            await _group.JoinAsync(reference, cancellationToken).ConfigureAwait(false);
            await power.WaitUntilKnownAsync(cancellationToken).ConfigureAwait(false);
            return machine;
        }
        catch
        {
            await machine.DestroyAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<long> MeasureStorageAsync(CancellationToken cancellationToken)
    {
        var machines = await ReadOwnAsync(["summary.storage"], cancellationToken).ConfigureAwait(false);
        return machines.Where(machine => machine.Reference != platform.Endpoint)
            .Sum(machine => machine.Get<VirtualMachineStorageSummary>("summary.storage")?.Committed ?? 0);
    }

    /// <inheritdoc/>
    public void Dispose() => _group.Dispose();

    /// <inheritdoc/>
    public async Task<HostFacts> DescribeAsync(CancellationToken cancellationToken)
    {
        var pool = await _client.RetrieveAsync(platform.ResourcePool, ["runtime", "owner"], cancellationToken).ConfigureAwait(false);
        var runtime = pool.Get<ResourcePoolRuntimeInfo>("runtime");
        var summary = pool.Get<ManagedObjectReference>("owner") is { IsEmpty: false } owner
            ? await _client.GetPropertyAsync<ComputeResourceSummary>(owner, "summary", cancellationToken).ConfigureAwait(false)
            : null;
        return new HostFacts(
            _client.Content.About.FullName, runtime?.Cpu.MaxUsage ?? 0, runtime?.Memory.MaxUsage ?? 0, summary?.NumCpuThreads ?? 0);
    }

    // Without DRS all of a cluster is one pool, and on a single host all of it is one folder: what differs in either is another VCH's, or nobody's.
    private async Task<IEnumerable<ObjectProperties>> ReadOwnAsync(IReadOnlyList<string> properties, CancellationToken cancellationToken)
    {
        var found = await _client.RetrieveAllAsync("VirtualMachine", [.. properties, Pool, Parent], platform.ResourcePool, cancellationToken).ConfigureAwait(false);
        return found.Where(machine => machine.Get<ManagedObjectReference>(Pool) == platform.ResourcePool
            && (platform.ResourcePool.Type == "VirtualApp" || machine.Get<ManagedObjectReference>(Parent) == platform.Folder));
    }
}
