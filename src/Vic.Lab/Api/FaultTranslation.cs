using Vic.Lab.Disks;
using Vic.Lab.Machines;
using Vic.Vim25;

namespace Vic.Lab.Api;

/// <summary>Turns whatever an operation threw into a fault of vim25.</summary>
internal static class FaultTranslation
{
    internal const int DiskFull = 28;

    public static VimFaultException Translate(Exception exception) => exception switch
    {
        VimFaultException fault => fault,
        OperationCanceledException => Faults.RequestCanceled(),
        GuestOperationException guest => Translate(guest),
        MachineException machine => Faults.GenericVmConfig(machine.Message),
        VirtualDiskExistsException exists => Faults.New(new FileAlreadyExists { File = exists.Path }, exists.Message),
        VirtualDiskInUseException used => Faults.New(new FileLocked { File = string.Empty }, used.Message),
        DatastoreFullException full => Faults.New(new NoDiskSpace { File = string.Empty, Datastore = string.Empty }, full.Message),
        System.IO.FileNotFoundException missing
            => Faults.New(new Vim25.FileNotFound { File = missing.FileName ?? string.Empty }, missing.Message),
        DirectoryNotFoundException missing => Faults.New(new Vim25.FileNotFound { File = string.Empty }, missing.Message),
        IOException full when (full.HResult & 0xFFFF) == DiskFull
            => Faults.New(new NoDiskSpace { File = string.Empty, Datastore = string.Empty }, "Insufficient disk space on datastore."),
        IOException io => Faults.New(new FileFault { File = string.Empty }, io.Message),
        UnauthorizedAccessException denied => Faults.New(new CannotAccessFile { File = string.Empty }, denied.Message),
        _ => Faults.SystemError(exception.Message),
    };

    private static VimFaultException Translate(GuestOperationException exception)
    {
        MethodFault fault = exception.Failure switch
        {
            GuestOperationFailure.ToolsUnavailable => new ToolsUnavailable(),
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
