using System.Runtime.InteropServices;
using Vic.Guest.Linux;

namespace Vic.Guest.Processes;

/// <summary>
/// Waits for every child: those started here, and the orphans that PID 1 inherits. Nothing else in the process may wait for a
/// child; System.Diagnostics.Process would take all exit codes.
/// </summary>
public sealed unsafe class ProcessReaper
{
    private const int AnyProcess = 0;
    private const int Exited = 0x4;
    private const int LeaveWaitable = 0x01000000;

    // Offset of si_pid in siginfo_t on x86-64.
    private const int ProcessOffset = 16;
    private const int InformationSize = 128;

    private readonly object _lock = new();
    private readonly Dictionary<int, TaskCompletionSource<ExitStatus>> _children = [];

    private ProcessReaper() => new Thread(Run, maxStackSize: 256 * 1024) { IsBackground = true, Name = "reaper" }.Start();

    /// <summary>The reaper of this process; its thread starts with the first use.</summary>
    public static ProcessReaper Shared { get; } = new();

    /// <summary>Called for each child that nobody started here.</summary>
    public Action<int>? OrphanReaped { get; set; }

    /// <summary>Starts a child and watches it; no exit is missed, however short the child's life.</summary>
    internal (int Process, Task<ExitStatus> Exit) Start(Func<int> spawn)
    {
        var exit = new TaskCompletionSource<ExitStatus>(TaskCreationOptions.RunContinuationsAsynchronously);
        int process;
        lock (_lock)
        {
            process = spawn();
            _children.Add(process, exit);
            Monitor.Pulse(_lock);
        }
        return (process, exit.Task);
    }

    /// <summary>Sends a signal to a child, never to a stranger that got its number after it ended.</summary>
    internal bool Signal(int process, int signal)
    {
        lock (_lock)
            return _children.ContainsKey(process) && Libc.kill(process, signal) == 0;
    }

    /// <summary>Sends a signal to every process but the caller.</summary>
    public static void SignalAll(int signal) => _ = Libc.kill(-1, signal);

    private void Run()
    {
        var information = stackalloc byte[InformationSize];
        while (true)
        {
            if (Libc.waitid(AnyProcess, 0, information, Exited | LeaveWaitable) < 0)
            {
                if ((Errno)Marshal.GetLastPInvokeError() == Errno.NoChild)
                    WaitForChild();
                continue;
            }
            Reap(*(int*)(information + ProcessOffset));
        }
    }

    /// <summary>Orphans only come to PID 1 through a child of its own, so with no child there is nothing to wait for.</summary>
    private void WaitForChild()
    {
        lock (_lock)
        {
            if (_children.Count == 0)
                Monitor.Wait(_lock);
        }
    }

    private void Reap(int process)
    {
        TaskCompletionSource<ExitStatus>? exit;
        int status;
        lock (_lock)
        {
            // Only here does the number become free for another process.
            if (Libc.waitpid(process, &status, 0) != process)
                return;
            _children.Remove(process, out exit);
        }
        if (exit is null)
            OrphanReaped?.Invoke(process);
        else
            exit.TrySetResult(ExitStatus.FromWaitStatus(status));
    }
}
