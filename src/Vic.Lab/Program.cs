using System.Diagnostics;
using System.Runtime.InteropServices;
using Vic.Lab;
using Vic.Lab.Machines;

LabOptions options;
try
{
    options = LabCommandLine.Parse(args, Environment.GetEnvironmentVariable);
}
catch (FormatException wrong)
{
    await Console.Error.WriteLineAsync($"{wrong.Message}\n\n{LabCommandLine.Usage}").ConfigureAwait(false);
    return 2;
}

var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
try
{
    await using var lab = await LabServer.StartAsync(options).ConfigureAwait(false);
    await Console.Out.WriteLineAsync(lab.Facts.ToJson()).ConfigureAwait(false);
    await Console.Out.FlushAsync().ConfigureAwait(false);
    if (options.ParentProcessId is { } parent)
    {
        await Task.WhenAny(ended.Task, WaitForExitAsync(parent)).ConfigureAwait(false);
    }
    else
    {
        await ended.Task.ConfigureAwait(false);
    }

    return 0;
}
catch (Exception failure) when (failure is IOException or MachineException)
{
    await Console.Error.WriteLineAsync(failure.Message).ConfigureAwait(false);
    return 1;
}

void End(PosixSignalContext context)
{
    context.Cancel = true;
    ended.TrySetResult();
}

static async Task WaitForExitAsync(int processId)
{
    try
    {
        using var process = Process.GetProcessById(processId);
        await process.WaitForExitAsync().ConfigureAwait(false);
    }
    catch (ArgumentException)
    {
        // It is gone already.
    }
}
