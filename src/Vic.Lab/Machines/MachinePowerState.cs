namespace Vic.Lab.Machines;

/// <summary>A machine's power state.</summary>
public enum MachinePowerState
{
    /// <summary>Nothing runs.</summary>
    PoweredOff,

    /// <summary>The guest runs.</summary>
    PoweredOn,

    /// <summary>The guest is frozen and can be resumed.</summary>
    Suspended,
}
