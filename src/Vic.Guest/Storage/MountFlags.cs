namespace Vic.Guest.Storage;

/// <summary>Flags of mount(2).</summary>
[Flags]
public enum MountFlags
{
    /// <summary>Defaults.</summary>
    None = 0,

    /// <summary>Nothing can be written.</summary>
    ReadOnly = 0x1,

    /// <summary>Set-user-id bits have no effect.</summary>
    NoSetUserId = 0x2,

    /// <summary>Device nodes cannot be opened.</summary>
    NoDevices = 0x4,

    /// <summary>Programs cannot be executed.</summary>
    NoExecute = 0x8,

    /// <summary>Change the flags of a mount that is there.</summary>
    Remount = 0x20,

    /// <summary>Access times are not written.</summary>
    NoAccessTime = 0x400,

    /// <summary>Show a file or folder at a second place.</summary>
    Bind = 0x1000,

    /// <summary>Move a mount to another place.</summary>
    Move = 0x2000,

    /// <summary>With the mounts below.</summary>
    Recursive = 0x4000,

    /// <summary>Mounts made here are not seen by other namespaces, and the reverse.</summary>
    Private = 0x40000,
}
