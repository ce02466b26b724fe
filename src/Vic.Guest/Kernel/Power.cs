using Vic.Guest.Linux;

namespace Vic.Guest.Kernel;

/// <summary>Ends the virtual machine.</summary>
public static class Power
{
    /// <summary>Switches the machine off at once; mounted file systems must be safe by then.</summary>
    public static void Off() => _ = Libc.reboot(Libc.RB_POWER_OFF);

    /// <summary>Starts the machine again at once.</summary>
    public static void Restart() => _ = Libc.reboot(Libc.RB_AUTOBOOT);
}
