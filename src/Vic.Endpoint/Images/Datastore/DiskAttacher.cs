using Vic.Guest.Storage;
using Vic.Vim25;

namespace Vic.Endpoint.Images.Datastore;

/// <summary>Creates disks on the endpoint VM's SCSI controller while it runs, and takes them off again.</summary>
internal sealed class DiskAttacher(VimClient client, LayerDiskOptions options) : IDisposable
{
    // A pvscsi controller has units 0 to 15; 7 is its own.
    private const int Units = 16;
    private const int ControllerUnit = 7;
    private const int NewDeviceKey = -100;

    private readonly SemaphoreSlim _slots = new(Units - 1, Units - 1);

    // vSphere reconfigures a VM once at a time, and a unit is free until the device is listed.
    private readonly SemaphoreSlim _reconfiguring = new(1, 1);
    private readonly BlockDevices _devices = new();

    /// <summary>Creates a disk, as a child when <paramref name="parent"/> is given, and waits until this VM sees it.</summary>
    public async Task<AttachedDisk> CreateAsync(string path, string? parent, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await CreateInSlotAsync(path, parent, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _slots.Release();
            throw;
        }
    }

    /// <summary>Takes a disk off the VM; its file stays.</summary>
    public async Task DetachAsync(AttachedDisk disk, CancellationToken cancellationToken)
    {
        try
        {
            await RemoveAsync(disk.Key, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Takes every disk below a datastore folder off the VM: what an endpoint left that was killed.</summary>
    public async Task DetachAllAsync(string folder, CancellationToken cancellationToken)
    {
        foreach (var disk in (await ListDevicesAsync(cancellationToken).ConfigureAwait(false)).OfType<VirtualDisk>())
        {
            if (disk.Backing is VirtualDeviceFileBackingInfo { FileName: { } file } && file.StartsWith(folder, StringComparison.Ordinal))
            {
                await RemoveAsync(disk.Key, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public void Dispose()
    {
        _slots.Dispose();
        _reconfiguring.Dispose();
    }

    private async Task<AttachedDisk> CreateInSlotAsync(string path, string? parent, CancellationToken cancellationToken)
    {
        VirtualDisk? disk;
        await _reconfiguring.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var devices = await ListDevicesAsync(cancellationToken).ConfigureAwait(false);
            var controller = devices.OfType<ParaVirtualSCSIController>().OrderBy(device => device.BusNumber).FirstOrDefault()
                ?? throw new InvalidOperationException("the endpoint VM has no pvscsi controller to attach a disk to");
            var used = devices.Where(device => device.ControllerKey == controller.Key).Select(device => device.UnitNumber ?? -1).ToHashSet();
            var unit = Enumerable.Range(0, Units).First(unit => unit != ControllerUnit && !used.Contains(unit));

            // Once asked for, the disk is there: a cancelled caller must not leave one that nobody detaches.
            await ReconfigureAsync(NewDisk(path, parent, controller.Key, unit), CancellationToken.None).ConfigureAwait(false);
            devices = await ListDevicesAsync(CancellationToken.None).ConfigureAwait(false);
            disk = devices.OfType<VirtualDisk>().FirstOrDefault(device => device.ControllerKey == controller.Key && device.UnitNumber == unit);
        }
        finally
        {
            _reconfiguring.Release();
        }

        if (disk is not { UnitNumber: { } place })
        {
            throw new InvalidOperationException($"vSphere attached {path} to the endpoint VM, but does not list it");
        }

        try
        {
            var device = await BlockDevices.WaitAsync(() => _devices.FindByScsiUnit(place), $"at SCSI unit {place}", options.AttachLimit, cancellationToken).ConfigureAwait(false);
            return new AttachedDisk(device, disk.Key, place);
        }
        catch
        {
            await RemoveAsync(disk.Key, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private VirtualDeviceConfigSpec NewDisk(string path, string? parent, int controller, int unit) => new()
    {
        Operation = VirtualDeviceConfigSpecOperation.Add,
        FileOperation = VirtualDeviceConfigSpecFileOperation.Create,
        Device = new VirtualDisk
        {
            Key = NewDeviceKey,
            ControllerKey = controller,
            UnitNumber = unit,
            CapacityInKB = options.CapacityInKilobytes,
            Backing = new VirtualDiskFlatVer2BackingInfo
            {
                FileName = path,
                DiskMode = "independent_persistent",
                ThinProvisioned = true,
                Parent = parent is null ? null : new VirtualDiskFlatVer2BackingInfo { FileName = parent, DiskMode = "independent_persistent" },
            },
        },
    };

    private async Task RemoveAsync(int key, CancellationToken cancellationToken)
    {
        await _reconfiguring.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var device = (await ListDevicesAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(device => device.Key == key);
            if (device is not null)
            {
                await ReconfigureAsync(
                    new VirtualDeviceConfigSpec { Operation = VirtualDeviceConfigSpecOperation.Remove, Device = device }, cancellationToken).ConfigureAwait(false);

                // Until this kernel knows, the next disk at that unit would be taken for this one.
                if (device.UnitNumber is { } unit)
                {
                    await _devices.WaitUntilGoneAsync(unit, options.AttachLimit, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            _reconfiguring.Release();
        }
    }

    private async Task ReconfigureAsync(VirtualDeviceConfigSpec change, CancellationToken cancellationToken)
    {
        var request = new ReconfigVMTaskRequest { This = options.Endpoint, Spec = new VirtualMachineConfigSpec { DeviceChange = [change] } };
        var task = await client.InvokeAsync(request, cancellationToken).ConfigureAwait(false);
        await client.WaitForTaskAsync(task, cancelTask: false, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<VirtualDevice>> ListDevicesAsync(CancellationToken cancellationToken) =>
        [.. await client.GetPropertyAsync<IEnumerable<VirtualDevice>>(options.Endpoint, "config.hardware.device", cancellationToken).ConfigureAwait(false) ?? []];
}
