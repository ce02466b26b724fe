using Vic.Lab.Disks;
using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Vim25;

namespace Vic.Lab.Api;

/// <summary>Turns whatever an operation threw into a fault of vim25; files of this computer become paths on datastores.</summary>
internal sealed class FaultTranslation(InventoryStore store)
{
    internal const int DiskFull = 28;

    public VimFaultException Translate(Exception exception) => exception switch
    {
        VimFaultException fault => fault,
        OperationCanceledException => Faults.RequestCanceled(),
        GuestOperationException guest => Translate(guest),
        MachineException machine => Faults.GenericVmConfig(machine.Message),
        VirtualDiskExistsException exists => Faults.FileAlreadyExists(PathOf(exists.Path)),
        VirtualDiskInUseException used => Faults.FileLocked(PathOf(used.Path)),
        DatastoreFullException full => Full(full.Path),
        WriteCutException cut => Faults.FileFault(PathOf(cut.Path), cut.Message),
        System.IO.FileNotFoundException missing => Faults.FileNotFound(PathOf(missing.FileName ?? string.Empty)),
        DirectoryNotFoundException missing => Faults.New(new Vim25.FileNotFound { File = string.Empty }, missing.Message),
        IOException full when (full.HResult & 0xFFFF) == DiskFull
            => Faults.New(new NoDiskSpace { File = string.Empty, Datastore = string.Empty }, "Insufficient disk space on datastore."),
        IOException io => Faults.New(new FileFault { File = string.Empty }, io.Message),
        UnauthorizedAccessException denied => Faults.New(new CannotAccessFile { File = string.Empty }, denied.Message),
        _ => Faults.SystemError(exception.Message),
    };

    private VimFaultException Full(string file)
    {
        var path = PathOf(file);
        return Faults.NoDiskSpace(path.Datastore, path.ToString());
    }

    private DatastorePath PathOf(string file)
    {
        lock (store.Gate)
        {
            return store.OfType<DatastoreEntity>().Select(datastore => datastore.PathOf(file)).FirstOrDefault(path => path is not null)
                ?? new DatastorePath(string.Empty, Path.GetFileName(file));
        }
    }

    private static VimFaultException Translate(GuestOperationException exception)
    {
        MethodFault fault = exception.Failure switch
        {
            GuestOperationFailure.ToolsUnavailable => new GuestOperationsUnavailable(),
            GuestOperationFailure.InvalidLogin => new InvalidGuestLogin(),
            GuestOperationFailure.FileNotFound => new Vim25.FileNotFound { File = string.Empty },
            GuestOperationFailure.FileAlreadyExists => new FileAlreadyExists { File = string.Empty },
            GuestOperationFailure.ProcessNotFound => new GuestProcessNotFound(),
            GuestOperationFailure.PermissionDenied => new GuestPermissionDenied(),
            GuestOperationFailure.NotSupported => new OperationNotSupportedByGuest(),
            _ => new SystemError { Reason = exception.Message },
        };
        return Faults.New(fault, exception.Message);
    }
}
