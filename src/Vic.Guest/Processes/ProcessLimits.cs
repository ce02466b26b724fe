using Vic.Guest.Linux;

namespace Vic.Guest.Processes;

/// <summary>The resource limits of a process: a virtual machine's own size is the limit that counts.</summary>
internal static class ProcessLimits
{
    // Resource numbers of setrlimit(2) on x86-64.
    private const int Stack = 3;
    private const int Core = 4;
    private const int Processes = 6;
    private const int OpenFiles = 7;
    private const int LockedMemory = 8;

    private const ulong Unlimited = ulong.MaxValue;
    private const ulong MaximumOpenFiles = 1048576;
    private const ulong DefaultStack = 8 * 1024 * 1024;

    public static void Apply()
    {
        Set(OpenFiles, MaximumOpenFiles, MaximumOpenFiles);
        Set(Processes, Unlimited, Unlimited);
        Set(Core, Unlimited, Unlimited);
        Set(LockedMemory, Unlimited, Unlimited);
        Set(Stack, DefaultStack, Unlimited);
    }

    private static unsafe void Set(int resource, ulong soft, ulong hard)
    {
        var limits = stackalloc[] { soft, hard };
        LinuxException.Check(Libc.setrlimit(resource, limits), "setrlimit");
    }
}
