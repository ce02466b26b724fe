namespace Vic.Engine;

/// <summary>What sort of obstacle an engine error is; a shell maps it to its own categories.</summary>
public enum VicErrorKind
{
    /// <summary>What the caller asked for cannot be done as asked.</summary>
    InvalidInput,

    /// <summary>A named object is not there.</summary>
    NotFound,

    /// <summary>A name is already taken.</summary>
    AlreadyExists,

    /// <summary>An object is in use, or in a state that forbids the operation.</summary>
    Busy,

    /// <summary>The account may not do this, or could not be authenticated.</summary>
    Denied,

    /// <summary>Nothing answers at an address.</summary>
    Unreachable,

    /// <summary>A certificate is not trusted.</summary>
    Untrusted,

    /// <summary>A time limit passed.</summary>
    Timeout,

    /// <summary>The operation failed on the way.</summary>
    Failed,
}
