using System.Collections.Concurrent;
using Vic.Lab.Machines;

namespace Vic.Lab.Tests.Machines.Guests;

/// <summary>Keeps a machine's variables and what happens to it.</summary>
internal sealed class RecordingObserver : IMachineObserver
{
    private readonly ConcurrentDictionary<string, string> _variables = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _awaited = new();

    public TaskCompletionSource<string?> PoweredOff { get; private set; } = New<string?>();

    public TaskCompletionSource ToolsRan { get; } = New();

    public TaskCompletionSource Rebooted { get; } = New();

    public TaskCompletionSource<GuestIdentity> Identity { get; } = New<GuestIdentity>();

    public string? this[string key]
    {
        get => _variables.GetValueOrDefault(key);
        set => _variables[key] = value!;
    }

    /// <summary>Completes when the guest has written the variable.</summary>
    public Task<string> WrittenAsync(string key) => _awaited.GetOrAdd(key, static _ => New<string>()).Task;

    /// <summary>Is ready for another power-on.</summary>
    public void ExpectPowerOff() => PoweredOff = New<string?>();

    public string? ReadVariable(string key) => this[key];

    public bool WriteVariable(string key, string value)
    {
        _variables[key] = value;
        _awaited.GetOrAdd(key, static _ => New<string>()).TrySetResult(value);
        return !key.Contains("forbidden", StringComparison.Ordinal);
    }

    public void PowerStateChanged(MachinePowerState state, string? reason) => PoweredOff.TrySetResult(reason);

    public void GuestRebooted() => Rebooted.TrySetResult();

    public void ToolsStateChanged(bool running)
    {
        if (running)
        {
            ToolsRan.TrySetResult();
        }
    }

    public void GuestIdentityReported(GuestIdentity identity) => Identity.TrySetResult(identity);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource<T> New<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
