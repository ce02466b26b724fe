using System.IO.Pipelines;
using System.Net;
using Vic.Configuration;
using Vic.Endpoint.Containers;
using Vic.Endpoint.Networks;
using Vic.Endpoint.Sessions;
using Vic.Guest.Sessions;
using Vic.Vim25;

namespace Vic.Endpoint.Machines.VSphere;

/// <summary>The VM of one container in vSphere.</summary>
internal sealed class VSphereMachine : IContainerMachine
{
    private readonly VSpherePlatform _platform;
    private readonly ManagedObjectReference _reference;
    private readonly MachinePower _power;
    private readonly GuestSessions _sessions;
    private readonly DatastoreFiles _files;
    private ContainerRecord _record;

    /// <summary>Takes over a VM that exists.</summary>
    public VSphereMachine(
        VSpherePlatform platform, ManagedObjectReference reference, ContainerRecord record, MachinePower power, GuestSessions sessions)
    {
        _platform = platform;
        _reference = reference;
        _record = record;
        _power = power;
        _sessions = sessions;
        _files = new DatastoreFiles(platform.Client, platform.DatacenterPath, platform.Datastore);
        power.Ended += () => sessions.Close(record.Id);
    }

    /// <inheritdoc/>
    public async Task PowerOnAsync(NetworkBinding? network, CancellationToken cancellationToken)
    {
        var present = await ReadValuesAsync(cancellationToken).ConfigureAwait(false) ?? throw new MachineStoppedException("the VM does not exist any more");
        var changes = ContainerConfigurationCodec.NextRun(_record.Id, network, present);
        ExpectGuest();
        try
        {
            await PowerOnAsync(changes, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _sessions.Close(_record.Id);
            throw;
        }
    }

    /// <summary>Writes keys and powers the VM on.</summary>
    public async Task PowerOnAsync(IReadOnlyDictionary<string, string> keys, CancellationToken cancellationToken)
    {
        await ReconfigureAsync(new VirtualMachineConfigSpec { ExtraConfig = ContainerMachineSpec.Options(keys) }, cancellationToken).ConfigureAwait(false);
        await RunAsync(new PowerOnVMTaskRequest { This = _reference }, cancellationToken).ConfigureAwait(false);

        // The watch may tell later, and who waits for the end of this run must not take the time before it for the end.
        var state = await _platform.Client.GetPropertyAsync<VirtualMachinePowerState>(_reference, "runtime.powerState", cancellationToken).ConfigureAwait(false);
        _power.Report(state == VirtualMachinePowerState.PoweredOn);
    }

    /// <inheritdoc/>
    public bool IsPoweredOn => _power.IsOn;

    /// <inheritdoc/>
    public Task<int?> WaitForRunAsync(int known, CancellationToken cancellationToken) => _power.WaitForRunAsync(known, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> ExistsAsync(CancellationToken cancellationToken) => await ReadValuesAsync(cancellationToken).ConfigureAwait(false) is not null;

    /// <inheritdoc/>
    public async Task<IPAddress?> TakeOverAsync(CancellationToken cancellationToken)
    {
        // The guest is already on its way to the endpoint.
        ExpectGuest();
        var present = await ReadValuesAsync(cancellationToken).ConfigureAwait(false) ?? throw new MachineStoppedException("the VM does not exist any more");
        return ContainerConfigurationCodec.DecodeAddress(present);
    }

    /// <inheritdoc/>
    public async Task<IGuestSession> ConnectAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var connect = _sessions.ConnectAsync(_record.Id, ending.Token);
        var off = WaitForPowerOffAsync(ending.Token);
        var first = await Task.WhenAny(connect, off).ConfigureAwait(false);
        if (first == connect && !connect.IsFaulted)
        {
            var session = await connect.ConfigureAwait(false);
            await ending.CancelAsync().ConfigureAwait(false);
            return session;
        }

        // The end of a run closes its session too, and the session may tell first; what the guest reported says more than either.
        var report = first == off ? await off.ConfigureAwait(false) : await ReadReportAsync(cancellationToken).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        throw new MachineStoppedException(report is { Error.Length: > 0 } ? report.Error : "it was switched off; see tether.debug in the VM's folder");
    }

    /// <inheritdoc/>
    public async Task<GuestReport?> WaitForPowerOffAsync(CancellationToken cancellationToken) =>
        await _power.WaitUntilOffAsync(cancellationToken).ConfigureAwait(false) ? await ReadReportAsync(cancellationToken).ConfigureAwait(false) : null;

    /// <inheritdoc/>
    public async Task PowerOffAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(new PowerOffVMTaskRequest { This = _reference }, cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException e) when (e.Fault is InvalidPowerState or ManagedObjectNotFound)
        {
            // Off already.
        }

        await _power.WaitUntilOffAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task DestroyAsync(CancellationToken cancellationToken)
    {
        var folder = $"[{_platform.Datastore}] {await FindFolderAsync(cancellationToken).ConfigureAwait(false)}";
        try
        {
            await DetachDisksAsync(cancellationToken).ConfigureAwait(false);
            await RunAsync(new DestroyTaskRequest { This = _reference }, cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException e) when (e.Fault is ManagedObjectNotFound)
        {
            // Somebody else removed it; its folder may be left.
        }

        _sessions.Close(_record.Id);
        await DeleteFolderAsync(folder, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task UpdateAsync(ContainerRecord record, CancellationToken cancellationToken)
    {
        var keys = GuestInfoSet.OfRunning(ContainerConfigurationCodec.Encode(record, [], _platform.Sessions.AddressFor(record), null));
        await UpdateAsync(record, keys, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives the VM the display name of a changed record, and keys.</summary>
    public async Task UpdateAsync(ContainerRecord record, IReadOnlyDictionary<string, string> keys, CancellationToken cancellationToken)
    {
        var name = ContainerMachineSpec.DisplayName(_platform.NameConvention, record);
        await ReconfigureAsync(
            new VirtualMachineConfigSpec { Name = name, ExtraConfig = ContainerMachineSpec.Options(keys) }, cancellationToken).ConfigureAwait(false);
        _record = record;
    }

    /// <inheritdoc/>
    public async Task<Stream> OpenOutputAsync(long offset, CancellationToken cancellationToken)
    {
        var pipe = new Pipe();
        var path = $"{await FindFolderAsync(cancellationToken).ConfigureAwait(false)}/output.log";
        _ = new OutputDownload(_files, path, offset).FillAsync(pipe.Writer, cancellationToken);
        return pipe.Reader.AsStream();
    }

    /// <summary>Makes ready for the session of a run that begins, or has begun.</summary>
    public void ExpectGuest() => _ = FollowAsync(_sessions.Open(_record.Id, _record.Config.Tty));

    private async Task FollowAsync(ContainerSession session)
    {
        await session.Replaced.ConfigureAwait(false);
        _power.ReportRestarted();
    }

    /// <summary>The VM's keys; null when it is gone.</summary>
    public async Task<IReadOnlyDictionary<string, string>?> ReadValuesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return VSphereMachineHost.Values(
                await _platform.Client.GetPropertyAsync<IEnumerable<OptionValue>>(_reference, "config.extraConfig", cancellationToken).ConfigureAwait(false));
        }
        catch (VimFaultException e) when (e.Fault is ManagedObjectNotFound)
        {
            return null;
        }
    }

    private async Task<GuestReport?> ReadReportAsync(CancellationToken cancellationToken) =>
        await ReadValuesAsync(cancellationToken).ConfigureAwait(false) is { } values
            ? ContainerConfigurationCodec.DecodeReport(values, _record.Id, _record.IsEarlier)
            : null;

    // On vSAN the folder has a name of its own.
    private async Task<string> FindFolderAsync(CancellationToken cancellationToken)
    {
        string? path = null;
        try
        {
            path = await _platform.Client.GetPropertyAsync<string>(_reference, "config.files.vmPathName", cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException e) when (e.Fault is ManagedObjectNotFound)
        {
            // Then it is where it was created.
        }

        return DatastorePath.FolderOf(path) is { Length: > 0 } folder ? folder : _record.Id;
    }

    // Destroying a VM deletes its disks with those they are children of; an image's layers are not the container's to delete.
    private async Task DetachDisksAsync(CancellationToken cancellationToken)
    {
        var devices = await _platform.Client.GetPropertyAsync<IEnumerable<VirtualDevice>>(
            _reference, "config.hardware.device", cancellationToken).ConfigureAwait(false);
        List<VirtualDeviceConfigSpec> changes =
        [
            .. (devices ?? []).OfType<VirtualDisk>()
                .Select(disk => new VirtualDeviceConfigSpec { Operation = VirtualDeviceConfigSpecOperation.Remove, Device = disk }),
        ];
        if (changes.Count > 0)
        {
            await ReconfigureAsync(new VirtualMachineConfigSpec { DeviceChange = changes }, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task DeleteFolderAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(
                new DeleteDatastoreFileTaskRequest
                {
                    This = _platform.Client.Content.FileManager ?? throw new InvalidOperationException("the server has no file manager"),
                    Name = folder,
                    Datacenter = _platform.Datacenter,
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException e) when (e.Fault is FileNotFound)
        {
            // Gone with the VM.
        }
    }

    private Task ReconfigureAsync(VirtualMachineConfigSpec spec, CancellationToken cancellationToken) =>
        RunAsync(new ReconfigVMTaskRequest { This = _reference, Spec = spec }, cancellationToken);

    private async Task RunAsync(VimRequest<ManagedObjectReference> request, CancellationToken cancellationToken)
    {
        var task = await _platform.Client.InvokeAsync(request, cancellationToken).ConfigureAwait(false);
        await _platform.Client.WaitForTaskAsync(task, cancelTask: false, cancellationToken: cancellationToken).ConfigureAwait(false);
    }
}
