using System.Globalization;
using Vic.Lab.Machines;

namespace Vic.Lab.Tests.Machines.Guests;

/// <summary>A real machine whose guest runs shell commands for the test.</summary>
internal sealed class TestMachine(IMachine machine, RecordingObserver observer, MachineConfiguration configuration) : IAsyncDisposable
{
    private int _commands;

    public IMachine Machine { get; } = machine;

    public RecordingObserver Observer { get; } = observer;

    public MachineConfiguration Configuration { get; private set; } = configuration;

    /// <summary>Runs a shell command in the guest and returns what it prints.</summary>
    public async Task<string> RunAsync(string command)
    {
        var number = Interlocked.Increment(ref _commands).ToString(CultureInfo.InvariantCulture);
        Observer["guestinfo.test.command." + number] = command;
        var result = Observer.WrittenAsync("guestinfo.test.result." + number);
        var ended = Observer.PoweredOff.Task;
        await Task.WhenAny((Task)result, ended).WaitAsync(TestContext.Current.CancellationToken);
        return result.IsCompleted
            ? await result
            : throw new InvalidOperationException($"the machine ended during '{command}': {await ended}");
    }

    /// <summary>Changes the running machine.</summary>
    public async Task ReconfigureAsync(Func<MachineConfiguration, MachineConfiguration> change)
    {
        var changed = change(Configuration);
        await Machine.ReconfigureAsync(changed, TestContext.Current.CancellationToken);
        Configuration = changed;
    }

    public ValueTask DisposeAsync() => Machine.DisposeAsync();
}
