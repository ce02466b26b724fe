using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Lab.Tasks;
using Vic.Vim25;

namespace Vic.Lab.Operations.Storage;

/// <summary>FileManager and VirtualDiskManager.</summary>
internal sealed class FileOperations(LabWorld world)
{
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
                => world.Platform.Disks.DeleteAsync(Existing(request.Name), token)));
        table.Add<MoveVirtualDiskTaskRequest, ServiceObject>((call, _, request)
            => Start(call, "VirtualDiskManager.moveVirtualDisk", request.MethodName, (_, token)
                => world.Platform.Disks.MoveAsync(Existing(request.SourceName), world.Locate(request.DestName).File, token)));
        table.Add<CopyVirtualDiskTaskRequest, ServiceObject>((call, _, request)
            => Start(call, "VirtualDiskManager.copyVirtualDisk", request.MethodName, (progress, token)
                => world.Platform.Disks.CopyAsync(Existing(request.SourceName), world.Locate(request.DestName).File, progress, token)));
        table.Add<ExtendVirtualDiskTaskRequest, ServiceObject>((call, _, request)
            => Start(call, "VirtualDiskManager.extendVirtualDisk", request.MethodName, (_, token)
                => world.Platform.Disks.ExtendAsync(Existing(request.Name), request.NewCapacityKb << 10, token)));
        table.Add<QueryVirtualDiskUuidRequest, ServiceObject>((_, _, request)
            => (world.Platform.Disks.Inspect(Existing(request.Name)) ?? throw Faults.NotFound($"The virtual disk {request.Name}")).Uuid.ToString("D"));
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

        if (Directory.Exists(file))
        {
            await DeleteDirectoryAsync(file, cancellationToken).ConfigureAwait(false);
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

    /// <summary>Deletes disks as disks first, so that one in use by a machine stays, and the directory with it.</summary>
    private async Task DeleteDirectoryAsync(string directory, CancellationToken cancellationToken)
    {
        foreach (var file in Directory.EnumerateFiles(directory, "*.vmdk", SearchOption.AllDirectories).ToList())
        {
            if (File.Exists(file) && world.Platform.Disks.Inspect(file) is not null)
            {
                await world.Platform.Disks.DeleteAsync(file, cancellationToken).ConfigureAwait(false);
            }
        }

        Directory.Delete(directory, recursive: true);
    }

    private async Task MoveAsync(string source, string destination, bool force, CancellationToken cancellationToken)
    {
        var (_, sourcePath, from) = world.Locate(source);
        var (_, path, to) = world.Locate(destination);
        CheckDestination(path, to, force);
        if (Directory.Exists(from))
        {
            Directory.Move(from, to);
        }
        else if (!File.Exists(from))
        {
            throw Faults.FileNotFound(sourcePath);
        }
        else if (world.Platform.Disks.Inspect(from) is not null)
        {
            await world.Platform.Disks.MoveAsync(from, to, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            File.Move(from, to, force);
        }
    }

    private async Task CopyAsync(string source, string destination, bool force, TaskProgress progress, CancellationToken cancellationToken)
    {
        var from = Existing(source);
        var (_, path, to) = world.Locate(destination);
        CheckDestination(path, to, force);
        if (world.Platform.Disks.Inspect(from) is not null)
        {
            await world.Platform.Disks.CopyAsync(from, to, progress, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            File.Copy(from, to, force);
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

    private string Existing(string name)
    {
        var (_, path, file) = world.Locate(name);
        return File.Exists(file) ? file : throw Faults.FileNotFound(path);
    }

    private static void CheckDestination(DatastorePath path, string file, bool force)
    {
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
            return null;
        });
}
