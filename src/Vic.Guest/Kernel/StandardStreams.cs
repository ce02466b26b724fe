using Vic.Guest.Linux;

namespace Vic.Guest.Kernel;

/// <summary>Descriptors 0 to 2 of PID 1.</summary>
public static class StandardStreams
{
    private const int GetDescriptorFlags = 1;

    /// <summary>
    /// Fills the places that the kernel left empty because the machine has no console; otherwise the first files opened would get
    /// their numbers, and log lines would go there.
    /// </summary>
    public static void Ensure()
    {
        for (var number = 0; number <= 2; number++)
        {
            if (Libc.fcntl(number, GetDescriptorFlags, 0) < 0)
                LinuxException.Check(Libc.open("/dev/null", (int)OpenFlags.ReadWrite, 0), "open /dev/null");
        }
    }
}
