using System.Collections.Concurrent;
using System.Diagnostics;

namespace Vic.Lab.Machines.Processes;

/// <summary>
/// Starts programs that die with the lab, even when the lab is killed. The kernel's parent-death signal (prctl(2), PR_SET_PDEATHSIG) is tied to
/// the <em>thread</em> that forked, so one thread that lives as long as the host does all the starting.
/// </summary>
internal sealed class ChildProcessHost : IDisposable
{
    private readonly BlockingCollection<Action> _requests = [];
    private readonly Thread _thread;

    public ChildProcessHost()
    {
        _thread = new Thread(ServeRequests) { IsBackground = true, Name = "child processes" };
        _thread.Start();
    }

    /// <summary>Starts a program in a session of its own, so that a terminal's Ctrl+C reaches the lab and not its machines.</summary>
    /// <exception cref="MachineException">The program cannot be started.</exception>
    public Task<ChildProcess> StartAsync(string program, IReadOnlyList<string> arguments)
    {
        var started = new TaskCompletionSource<ChildProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        _requests.Add(() =>
        {
            try
            {
                started.SetResult(Start(program, arguments));
            }
            catch (Exception exception)
            {
                started.SetException(new MachineException($"{program} cannot be started: {exception.Message}", exception));
            }
        });
        return started.Task;
    }

    public void Dispose()
    {
        _requests.CompleteAdding();
        _thread.Join();
        _requests.Dispose();
    }

    private static ChildProcess Start(string program, IReadOnlyList<string> arguments)
    {
        // setsid and setpriv (util-linux) replace themselves by the program, so the process id stays the same.
        var start = new ProcessStartInfo("setsid", ["setpriv", "--pdeathsig", "KILL", program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("no process");
        process.StandardInput.Close();
        return new ChildProcess(process);
    }

    private void ServeRequests()
    {
        foreach (var request in _requests.GetConsumingEnumerable())
        {
            request();
        }
    }
}
