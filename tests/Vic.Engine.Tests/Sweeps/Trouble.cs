namespace Vic.Engine.Tests.Sweeps;

/// <summary>What happens to one vim25 call of a flow.</summary>
public enum Trouble
{
    /// <summary>The server answers with a fault and has done nothing.</summary>
    Fault,

    /// <summary>The connection breaks before the server has done it.</summary>
    DropBefore,

    /// <summary>The connection breaks after the server has done it.</summary>
    DropAfter,

    /// <summary>The call is late.</summary>
    Delay,

    /// <summary>The server does it twice; the caller gets the first answer.</summary>
    Duplicate,

    /// <summary>The session is over.</summary>
    EndSession,

    /// <summary>The user presses Ctrl+C while the call is under way.</summary>
    Cancel,
}
