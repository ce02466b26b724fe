using System.IO.Pipelines;
using Vic.Guest.Sessions;

namespace Vic.Guest.Tests.Sessions;

/// <summary>A process of a scripted guest.</summary>
internal sealed class ScriptedProcess : ISessionProcess
{
    private readonly Pipe input = new(new PipeOptions(pauseWriterThreshold: 8192, resumeWriterThreshold: 4096));
    private readonly Pipe output = new(new PipeOptions(pauseWriterThreshold: 8192, resumeWriterThreshold: 4096));
    private readonly Pipe error = new();
    private readonly TaskCompletionSource<ProcessExit> exit = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ScriptedProcess()
    {
        StandardInput = input.Writer.AsStream();
        StandardOutput = output.Reader.AsStream();
        StandardError = error.Reader.AsStream();
        Input = input.Reader.AsStream();
        Output = output.Writer.AsStream();
        Error = error.Writer.AsStream();
    }

    public Stream Input { get; }

    public Stream Output { get; }

    public Stream Error { get; }

    public List<string> Calls { get; } = [];

    public Stream? StandardInput { get; }

    public Stream StandardOutput { get; }

    public Stream? StandardError { get; }

    Task<ProcessExit> ISessionProcess.Exit => exit.Task;

    public void Resize(int rows, int columns) => Record($"resize {rows}x{columns}");

    public void Signal(string signal) => Record($"signal {signal}");

    public void Exit(int code, int signal = 0)
    {
        Output.Dispose();
        Error.Dispose();
        exit.SetResult(new ProcessExit(code, signal));
    }

    private void Record(string call)
    {
        lock (Calls)
            Calls.Add(call);
    }
}
