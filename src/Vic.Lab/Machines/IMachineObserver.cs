namespace Vic.Lab.Machines;

/// <summary>
/// The inventory's side of a running machine: it owns the machine's variables (extraConfig) and is told what the guest does.
/// Implementations return quickly and do not throw.
/// </summary>
public interface IMachineObserver
{
    /// <summary>Answers <c>info-get</c>: the value of a variable with its prefix (<c>guestinfo.x</c>), or null.</summary>
    string? ReadVariable(string key);

    /// <summary>Carries out <c>info-set</c>; false when the guest may not write that key or a limit is reached.</summary>
    bool WriteVariable(string key, string value);

    /// <summary>
    /// The power state changed without being asked for: the guest powered itself off, or the machine's process died.
    /// <paramref name="reason"/> is null for an orderly power-off.
    /// </summary>
    void PowerStateChanged(MachinePowerState state, string? reason);

    /// <summary>The guest restarted itself.</summary>
    void GuestRebooted();

    /// <summary>The guest's tools came up or went away.</summary>
    void ToolsStateChanged(bool running);

    /// <summary>The guest reported its name and addresses; the report before is replaced.</summary>
    void GuestIdentityReported(GuestIdentity identity);
}
