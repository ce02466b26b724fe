using System.Text.Json.Nodes;
using Vic.Lab.Disks;
using Vic.Lab.Machines.Qmp;

namespace Vic.Lab.Machines.Qemu;

/// <summary>The disks of one running machine, with their leases and the throw-away images of those that keep nothing.</summary>
internal sealed class QemuDisks(MachineConfiguration configuration, QemuSockets sockets, DiskLeases leases) : IDisposable
{
    private readonly Dictionary<int, IDisposable> _leases = [];

    /// <summary>Takes a disk for the machine and describes it to QEMU.</summary>
    public async Task<JsonObject> OpenAsync(MachineDisk disk, CancellationToken cancellationToken)
    {
        var chain = DiskChain.Read(disk.Path);
        var lease = leases.Take(configuration.Name, [.. chain.Select(link => link.Path)], disk.ReadOnly);
        try
        {
            var node = QemuBlockNodes.Disk(QemuNames.DiskNode(disk.Key), chain, disk.ReadOnly);
            if (disk.ReadOnly)
            {
                var overlay = sockets.Overlay(disk.Key);
                var capacity = chain[0].Descriptor.Sectors * VmdkDescriptor.SectorSize;
                await QemuImage.CreateAsync(overlay, capacity, cancellationToken).ConfigureAwait(false);
                node = QemuBlockNodes.Overlay(QemuNames.DiskNode(disk.Key), overlay, node);
            }

            _leases.Add(disk.Key, lease);
            return node;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>Adds a disk to the running machine.</summary>
    public async Task AddAsync(QmpClient qmp, MachineDisk disk, CancellationToken cancellationToken)
    {
        var node = await OpenAsync(disk, cancellationToken).ConfigureAwait(false);
        try
        {
            await qmp.ExecuteAsync("blockdev-add", node, cancellationToken).ConfigureAwait(false);
            try
            {
                Guid? uuid = configuration.DiskUuidVisible ? DiskChain.ReadLink(disk.Path).Descriptor.Uuid : null;
                await qmp.ExecuteAsync("device_add", QemuCommandLine.DiskDevice(disk, uuid), cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                await RemoveNodeAsync(qmp, disk.Key, CancellationToken.None).ConfigureAwait(false);
                throw;
            }
        }
        catch
        {
            Release(disk.Key);
            throw;
        }
    }

    /// <summary>Takes a disk away from the running machine. A SCSI disk goes at once; the guest is told afterwards.</summary>
    public async Task RemoveAsync(QmpClient qmp, MachineDisk disk, CancellationToken cancellationToken)
    {
        await qmp.ExecuteAsync("device_del", new JsonObject { ["id"] = QemuNames.Disk(disk.Key) }, cancellationToken).ConfigureAwait(false);
        await RemoveNodeAsync(qmp, disk.Key, cancellationToken).ConfigureAwait(false);
        Release(disk.Key);
    }

    public void Dispose()
    {
        foreach (var key in _leases.Keys.ToList())
        {
            Release(key);
        }
    }

    /// <summary>The device lets its node go when requests in flight are done, a moment after the command returns.</summary>
    private static async Task RemoveNodeAsync(QmpClient qmp, int key, CancellationToken cancellationToken)
    {
        const int attempts = 100;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var arguments = new JsonObject { ["node-name"] = QemuNames.DiskNode(key) };
                await qmp.ExecuteAsync("blockdev-del", arguments, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (QmpException exception) when (exception.ErrorClass != QmpException.ConnectionLost && attempt < attempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private void Release(int key)
    {
        if (_leases.Remove(key, out var lease))
        {
            lease.Dispose();
            File.Delete(sockets.Overlay(key));
        }
    }
}
