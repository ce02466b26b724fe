namespace Vic.Lab.Machines;

/// <summary>Why an operation in a guest failed; each has a vim25 fault of its own.</summary>
public enum GuestOperationFailure
{
    /// <summary>The guest's tools do not run (ToolsUnavailable).</summary>
    ToolsUnavailable,

    /// <summary>The guest refuses the credentials (InvalidGuestLogin).</summary>
    InvalidLogin,

    /// <summary>No such file or program in the guest (FileNotFound).</summary>
    FileNotFound,

    /// <summary>The file or directory is there already (FileAlreadyExists).</summary>
    FileAlreadyExists,

    /// <summary>No such process (GuestProcessNotFound).</summary>
    ProcessNotFound,

    /// <summary>The user may not do that (GuestPermissionDenied).</summary>
    PermissionDenied,

    /// <summary>The guest does not support the operation (OperationNotSupportedByGuest).</summary>
    NotSupported,

    /// <summary>Anything else (SystemError).</summary>
    Failed,
}
