using System.Globalization;
using System.Text.Json.Nodes;
using Vic.Lab.Disks;
using Vic.Lab.Machines.Qmp;

namespace Vic.Lab.Machines.Qemu;

/// <summary>The disks of one running machine, with their leases and the throw-away images of those that keep nothing.</summary>
internal sealed class QemuDisks(MachineConfiguration configuration, QemuSockets sockets, DiskLeases leases) : IDisposable
{
    private readonly Dictionary<int, OpenDisk> _open = [];

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

            _open.Add(disk.Key, new OpenDisk(disk, lease, QemuNames.DiskNode(disk.Key)));
            return node;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>Gives the running machine the disks that it is to have: some go, some come, and some write to a child from now on.</summary>
    public async Task ChangeAsync(QmpClient qmp, IReadOnlyList<MachineDisk> target, CancellationToken cancellationToken)
    {
        var forked = target.Where(disk => _open.TryGetValue(disk.Key, out var open) && IsChild(disk, open.Disk)).ToList();
        foreach (var open in _open.Values.Where(open => !target.Contains(open.Disk) && forked.TrueForAll(disk => disk.Key != open.Disk.Key)).ToList())
        {
            await RemoveAsync(qmp, open, cancellationToken).ConfigureAwait(false);
        }

        foreach (var disk in target.Where(disk => !_open.ContainsKey(disk.Key)))
        {
            await AddAsync(qmp, disk, cancellationToken).ConfigureAwait(false);
        }

        if (forked.Count > 0)
        {
            await ForkAsync(qmp, forked, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        foreach (var key in _open.Keys.ToList())
        {
            Release(key);
        }
    }

    private static bool IsChild(MachineDisk disk, MachineDisk parent)
        => disk != parent
            && disk with { Path = parent.Path } == parent
            && DiskChain.ReadLink(disk.Path).ParentPath == parent.Path;

    private async Task AddAsync(QmpClient qmp, MachineDisk disk, CancellationToken cancellationToken)
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
                await RemoveNodeAsync(qmp, QemuNames.DiskNode(disk.Key), CancellationToken.None).ConfigureAwait(false);
                throw;
            }
        }
        catch
        {
            Release(disk.Key);
            throw;
        }
    }

    /// <summary>Takes a disk away. A SCSI disk goes at once; the guest is told afterwards.</summary>
    private async Task RemoveAsync(QmpClient qmp, OpenDisk open, CancellationToken cancellationToken)
    {
        await qmp.ExecuteAsync("device_del", new JsonObject { ["id"] = QemuNames.Disk(open.Disk.Key) }, cancellationToken).ConfigureAwait(false);
        while (open.Nodes.TryPeek(out var node))
        {
            await RemoveNodeAsync(qmp, node, cancellationToken).ConfigureAwait(false);
            open.Nodes.Pop();
        }

        Release(open.Disk.Key);
    }

    /// <summary>Lets the guest write to children of its disks, to all of them from the same moment on.</summary>
    private async Task ForkAsync(QmpClient qmp, IReadOnlyList<MachineDisk> children, CancellationToken cancellationToken)
    {
        var actions = new JsonArray();
        var added = new List<(MachineDisk Disk, string Node)>();
        try
        {
            foreach (var disk in children)
            {
                var open = _open[disk.Key];
                var name = string.Create(CultureInfo.InvariantCulture, $"{QemuNames.DiskNode(disk.Key)}-{open.Nodes.Count}");
                await qmp.ExecuteAsync("blockdev-add", QemuBlockNodes.Child(name, DiskChain.ReadLink(disk.Path)), cancellationToken)
                    .ConfigureAwait(false);
                added.Add((disk, name));
                actions.Add(new JsonObject
                {
                    ["type"] = "blockdev-snapshot",
                    ["data"] = new JsonObject { ["node"] = open.Nodes.Peek(), ["overlay"] = name },
                });
            }

            await qmp.ExecuteAsync("transaction", new JsonObject { ["actions"] = actions }, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            foreach (var (_, node) in added)
            {
                await RemoveNodeAsync(qmp, node, CancellationToken.None).ConfigureAwait(false);
            }

            throw;
        }

        foreach (var (disk, node) in added)
        {
            var open = _open[disk.Key];
            open.Lease.Dispose();
            open.Lease = leases.Take(configuration.Name, [.. DiskChain.Read(disk.Path).Select(link => link.Path)], disk.ReadOnly);
            open.Disk = disk;
            open.Nodes.Push(node);
        }
    }

    /// <summary>The device lets its node go when requests in flight are done, a moment after the command returns.</summary>
    private static async Task RemoveNodeAsync(QmpClient qmp, string node, CancellationToken cancellationToken)
    {
        const int attempts = 100;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await qmp.ExecuteAsync("blockdev-del", new JsonObject { ["node-name"] = node }, cancellationToken).ConfigureAwait(false);
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
        if (_open.Remove(key, out var open))
        {
            open.Lease.Dispose();
            File.Delete(sockets.Overlay(key));
        }
    }

    /// <summary>A disk that QEMU has open.</summary>
    private sealed class OpenDisk(MachineDisk disk, IDisposable lease, string node)
    {
        public MachineDisk Disk { get; set; } = disk;

        public IDisposable Lease { get; set; } = lease;

        /// <summary>QEMU's nodes for it, the one that the guest writes to on top.</summary>
        public Stack<string> Nodes { get; } = new([node]);
    }
}
