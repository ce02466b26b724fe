using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Lab.Tasks;
using Vic.Vim25;

namespace Vic.Lab.Operations.Storage;

/// <summary>FileManager and VirtualDiskManager.</summary>
internal sealed class FileOperations(LabWorld world)
{
    private readonly DatastoreFileLocks locks = new(world);

    public void AddTo(OperationTable table)
    {
        table.Add<MakeDirectoryRequest, ServiceObject>((_, _, request) => MakeDirectory(request));
        table.Add<DeleteDatastoreFileTaskRequest, ServiceObject>((call, _, request)
            => Start(call, "FileManager.deleteFile", request.MethodName, (_, token) => DeleteAsync(request.Name, token)));
        table.Add<MoveDatastoreFileTaskRequest, ServiceObject>((call, _, request)
            => Start(call, "FileManager.moveFile", request.MethodName, (_, token)
                => MoveAsync(request.SourceName, request.DestinationName, request.Force ?? false, token)));
        table.Add<CopyDatastoreFileTaskRequest, ServiceObject>((call, _, request)
            => Start(call, "FileManager.copyFile", request.MethodName, (progress, token)
                => CopyAsync(request.SourceName, request.DestinationName, request.Force ?? false, progress, token)));
        table.Add<CreateVirtualDiskTaskRequest, ServiceObject>((call, _, request)
            => Start(call, "VirtualDiskManager.createVirtualDisk", request.MethodName, (_, token) => CreateDiskAsync(request, token)));
        table.Add<DeleteVirtualDiskTaskRequest, ServiceObject>((call, _, request)
            => Start(call, "VirtualDiskManager.deleteVirtualDisk", request.MethodName, (_, token)
                => world.Platform.Disks.DeleteAsync(ExistingDisk(request.Name), token)));
        table.Add<MoveVirtualDiskTaskRequest, ServiceObject>((call, _, request)
            => Start(call, "VirtualDiskManager.moveVirtualDisk", request.MethodName, (_, token)
                => world.Platform.Disks.MoveAsync(
                    ExistingDisk(request.SourceName), Destination(request.DestName), request.Force ?? false, token)));
        table.Add<CopyVirtualDiskTaskRequest, ServiceObject>((call, _, request)
            => Start(call, "VirtualDiskManager.copyVirtualDisk", request.MethodName, (progress, token)
                => world.Platform.Disks.CopyAsync(
                    ExistingDisk(request.SourceName), Destination(request.DestName), request.Force ?? false, progress, token)));
        table.Add<ExtendVirtualDiskTaskRequest, ServiceObject>((call, _, request)
            => Start(call, "VirtualDiskManager.extendVirtualDisk", request.MethodName, (_, token)
                => world.Platform.Disks.ExtendAsync(ExistingDisk(request.Name), Extended(request), attached: false, token)));
        table.Add<QueryVirtualDiskUuidRequest, ServiceObject>((_, _, request)
            => (world.Platform.Disks.Inspect(ExistingDisk(request.Name))!).Uuid.ToString("D"));
    }

    private object? MakeDirectory(MakeDirectoryRequest request)
    {
        var (_, path, directory) = world.Locate(request.Name);
        if (Directory.Exists(directory) || File.Exists(directory))
        {
            throw Faults.FileAlreadyExists(path);
        }

        if (request.CreateParentDirectories != true && !Directory.Exists(Path.GetDirectoryName(directory)))
        {
            throw Faults.FileNotFound(path.Parent);
        }

        Directory.CreateDirectory(directory);
        return null;
    }

    private async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var (_, path, file) = world.Locate(name);
        if (path.Relative.Length == 0)
        {
            throw Faults.CannotDeleteFile(path);
        }

        locks.RequireFree(file);
        if (Directory.Exists(file))
        {
            await world.Platform.Disks.DeleteFolderAsync(file, cancellationToken).ConfigureAwait(false);
        }
        else if (!File.Exists(file))
        {
            throw Faults.FileNotFound(path);
        }
        else if (world.Platform.Disks.Inspect(file) is not null)
        {
            await world.Platform.Disks.DeleteAsync(file, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            File.Delete(file);
        }
    }

    private async Task MoveAsync(string source, string destination, bool force, CancellationToken cancellationToken)
    {
        var (_, sourcePath, from) = world.Locate(source);
        var (_, path, to) = world.Locate(destination);
        CheckDestination(path, to, force);
        locks.RequireFree(from);
        if (Directory.Exists(from))
        {
            await world.Platform.Disks.MoveFolderAsync(from, to, cancellationToken).ConfigureAwait(false);
        }
        else if (!File.Exists(from))
        {
            throw Faults.FileNotFound(sourcePath);
        }
        else if (world.Platform.Disks.Inspect(from) is not null)
        {
            await world.Platform.Disks.MoveAsync(from, to, force, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            File.Move(from, to, force);
            world.Platform.Disks.NoteChange(to);
        }
    }

    private async Task CopyAsync(string source, string destination, bool force, TaskProgress progress, CancellationToken cancellationToken)
    {
        var from = Existing(source);
        var (_, path, to) = world.Locate(destination);
        CheckDestination(path, to, force);
        if (world.Platform.Disks.Inspect(from) is not null)
        {
            await world.Platform.Disks.CopyAsync(from, to, force, progress, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await CopyFileAsync(from, to, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Copies under another name first, so that a copy that fails leaves what was there before.</summary>
    private async Task CopyFileAsync(string from, string to, CancellationToken cancellationToken)
    {
        var temporary = Path.Combine(Path.GetDirectoryName(to)!, $".{Guid.NewGuid():N}.copy");
        try
        {
            await using (var source = File.OpenRead(from))
            await using (var target = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                await source.CopyToAsync(world.Space.Bound(to, target), cancellationToken).ConfigureAwait(false);
            }

            File.Move(temporary, to, overwrite: true);
            world.Platform.Disks.NoteChange(to);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private Task CreateDiskAsync(CreateVirtualDiskTaskRequest request, CancellationToken cancellationToken)
    {
        if (request.Spec is not FileBackedVirtualDiskSpec { CapacityKb: > 0 } spec)
        {
            throw Faults.InvalidArgument("spec", "The disk needs a file and a capacity.");
        }

        var (_, path, file) = world.Locate(request.Name);
        CheckDestination(path, file, force: false);
        var options = new VirtualDiskOptions { CapacityBytes = spec.CapacityKb << 10, Thin = spec.DiskType is "thin" or "sparse2Gb" };
        return world.Platform.Disks.CreateAsync(file, options, cancellationToken);
    }

    private long Extended(ExtendVirtualDiskTaskRequest request)
        => request.NewCapacityKb > (world.Platform.Disks.Inspect(ExistingDisk(request.Name))!.CapacityBytes >> 10)
            ? request.NewCapacityKb << 10
            : throw Faults.InvalidArgument("newCapacityKb", "An extended disk is larger than before.");

    private string Destination(string name)
    {
        var (_, path, file) = world.Locate(name);
        CheckDestination(path, file, force: true);
        return file;
    }

    private string ExistingDisk(string name)
    {
        var file = Existing(name);
        return world.Platform.Disks.Inspect(file) is not null
            ? file
            : throw Faults.FileFault(world.Locate(name).Path, $"{name} is not a virtual disk.");
    }

    private string Existing(string name)
    {
        var (_, path, file) = world.Locate(name);
        return File.Exists(file) ? file : throw Faults.FileNotFound(path);
    }

    private void CheckDestination(DatastorePath path, string file, bool force)
    {
        if (force && File.Exists(file))
        {
            locks.RequireFree(file);
        }

        if (!force && (File.Exists(file) || Directory.Exists(file)))
        {
            throw Faults.FileAlreadyExists(path);
        }

        if (!Directory.Exists(Path.GetDirectoryName(file)))
        {
            throw Faults.FileNotFound(path.Parent);
        }
    }

    private ManagedObjectReference Start(
        OperationCall call, string descriptionId, string method, Func<TaskProgress, CancellationToken, Task> work)
        => world.Tasks.Start(new TaskStart(null, descriptionId, method, call.Session.UserName), async (progress, token) =>
        {
            await work(progress, token).ConfigureAwait(false);
            world.RefreshSpace();
            return null;
        });
}
