using Vic.Guest.Kernel;
using Vic.Guest.Logs;
using Vic.Guest.Storage;
using Vic.Tether.Appliance;
using Vic.Tether.Boot;
using Vic.Tether.Container;

namespace Vic.Tether;

/// <summary>PID 1 from its first to its last breath: boot, become what the kernel's command line says, end the machine.</summary>
internal static class FirstProcess
{
    public static async Task RunAsync()
    {
        var restart = false;
        try
        {
            StandardStreams.Ensure();
            var machine = await BootedMachine.BootAsync(CancellationToken.None).ConfigureAwait(false);
            var role = machine.CommandLine.Value("vic.role");
            if (role is "container")
                await new ContainerRole(machine).RunAsync().ConfigureAwait(false);
            else if (role is "appliance")
                restart = await new ApplianceRole(machine).RunAsync().ConfigureAwait(false);
            else
                GuestLog.Write($"the kernel's command line has no known vic.role: {role}");
        }
        catch (Exception failure)
        {
            GuestLog.Write($"fatal: {failure}");
        }
        Mounts.Sync();
        if (restart)
            Power.Restart();
        Power.Off();
        await Task.Delay(Timeout.Infinite).ConfigureAwait(false);
    }
}
