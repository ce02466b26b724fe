using System.Security.Cryptography;
using System.Text;
using Vic.Lab.Inventory.Models;
using Vic.Vim25;

namespace Vic.Lab.Inventory.Hosts;

/// <summary>The datastores that a host has mounted. Under the store's lock.</summary>
internal sealed class HostStorage(LabWorld world, HostEntity host)
{
    /// <summary>Mounts a directory of a file server, which is a directory of the lab here; hosts that mount the same one share a datastore.</summary>
    /// <exception cref="VimFaultException">The specification is wrong, the name is taken, or the directory is mounted already.</exception>
    public DatastoreEntity MountNas(HostNasVolumeSpec spec)
    {
        Check(spec);
        var known = world.Store.OfType<DatastoreEntity>().FirstOrDefault(datastore
            => datastore.Nas is { } nas && nas.RemoteHost == spec.RemoteHost && nas.RemotePath == spec.RemotePath);
        if (known is not null && IsMounted(known))
        {
            throw Faults.AlreadyExists(known.Name);
        }

        if (world.FindDatastore(spec.LocalPath) is { } taken && taken != known)
        {
            throw Faults.DuplicateName(spec.LocalPath, taken.Reference);
        }

        if (known is not null && known.Name != spec.LocalPath)
        {
            throw Faults.InvalidArgument("spec.localPath", $"Other hosts have mounted this directory as '{known.Name}'.");
        }

        var builder = new InventoryBuilder(world);
        if (known is null)
        {
            return builder.AddDatastore(
                world.Store.NewReference("Datastore", "datastore-"), spec.LocalPath, world.Datacenter, [host], DirectoryOf(spec), spec);
        }

        builder.Mount(known, host, spec.AccessMode);
        return known;
    }

    /// <summary>Unmounts a datastore; one that no host has any more is gone, though its files stay.</summary>
    /// <exception cref="VimFaultException">The host has not mounted it, or a virtual machine on the host uses it.</exception>
    public void Unmount(DatastoreEntity datastore)
    {
        if (!IsMounted(datastore))
        {
            throw Faults.NotFound($"The datastore '{datastore.Name}' on the host '{host.Name}'");
        }

        if (datastore.References("vm").Any(machine => world.Store.Find<VirtualMachineEntity>(machine)?.Host == host.Reference))
        {
            throw Faults.ResourceInUse("Datastore", datastore.Name);
        }

        new InventoryBuilder(world).Unmount(datastore, host);
        if (datastore.Mounts.Count > 0)
        {
            return;
        }

        world.Datacenter.RemoveReference("datastore", datastore.Reference);
        if (datastore.Parent is { } folder)
        {
            world.Store.Find<FolderEntity>(folder)?.RemoveReference("childEntity", datastore.Reference);
        }

        if (datastore.Read("browser") is ManagedObjectReference browser && world.Store.Find<ServiceObject>(browser) is { } found)
        {
            world.Store.Remove(found);
        }

        world.Store.Remove(datastore);
    }

    /// <summary>Shows the host's file systems as they are now.</summary>
    public void Refresh()
    {
        var mounts = host.References("datastore")
            .Select(world.Store.Find<DatastoreEntity>)
            .OfType<DatastoreEntity>()
            .Select(datastore => new HostFileSystemMountInfo
            {
                MountInfo = datastore.Mounts.First(mount => mount.Key == host.Reference).MountInfo,
                Volume = datastore.Volume(datastore.Summary.Capacity),
            });
        var info = new HostFileSystemVolumeInfo { VolumeTypeList = ["VMFS", "NFS"], MountInfo = [.. mounts] };
        world.Get<ServiceObject>(host.Parts.Storage).Write("fileSystemVolumeInfo", info);
        host.UpdateConfig(config => config.FileSystemVolume = info);
    }

    private bool IsMounted(DatastoreEntity datastore) => datastore.Mounts.Any(mount => mount.Key == host.Reference);

    // Two servers' directories must not meet, whatever characters their names have.
    private string DirectoryOf(HostNasVolumeSpec spec)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{spec.RemoteHost}\n{spec.RemotePath}"));
        return Path.Combine(world.StateDirectory, "nas", Convert.ToHexStringLower(digest.AsSpan(0, 8)));
    }

    private static void Check(HostNasVolumeSpec spec)
    {
        if (spec.RemoteHost.Length == 0)
        {
            throw Faults.InvalidArgument("spec.remoteHost", "The file server's name is missing.");
        }

        if (!spec.RemotePath.StartsWith('/'))
        {
            throw Faults.InvalidArgument("spec.remotePath", "The directory on the file server begins with a slash.");
        }

        if (spec.LocalPath.Length is 0 or > 42 || spec.LocalPath.AsSpan().IndexOfAny("[]/\\") >= 0)
        {
            throw Faults.InvalidName(spec.LocalPath);
        }

        if (spec.AccessMode is not ("readWrite" or "readOnly"))
        {
            throw Faults.InvalidArgument("spec.accessMode", "The access mode is readWrite or readOnly.");
        }

        if (spec.Type is not (null or "" or "NFS" or "NFS41"))
        {
            throw Faults.NotSupported($"A file server of the type {spec.Type}");
        }
    }
}
