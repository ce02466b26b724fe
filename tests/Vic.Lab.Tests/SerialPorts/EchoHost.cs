using System.IO.Pipelines;
using Vic.Guest.Sessions;

namespace Vic.Lab.Tests.SerialPorts;

/// <summary>A guest whose one process is <c>sh -c 'cat; exit 7'</c>.</summary>
internal sealed class EchoHost : ISessionHost, ISessionProcess
{
    private readonly Pipe _input = new();
    private readonly Pipe _output = new();

    public Stream? StandardInput => _input.Writer.AsStream();

    public Stream StandardOutput => _output.Reader.AsStream();

    public Stream? StandardError => null;

    public Task<ProcessExit> Exit { get; private set; } = Task.FromResult(new ProcessExit(7, 0));

    public ValueTask<ISessionProcess> StartMainAsync(CancellationToken cancellationToken)
    {
        Exit = RunAsync();
        return ValueTask.FromResult<ISessionProcess>(this);
    }

    public ValueTask<ISessionProcess> ExecuteAsync(ExecuteRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask ReloadAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask ShutdownAsync(TimeSpan grace, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Resize(int rows, int columns) => throw new NotSupportedException();

    public void Signal(string signal) => throw new NotSupportedException();

    private async Task<ProcessExit> RunAsync()
    {
        await _input.Reader.CopyToAsync(_output.Writer);
        await _output.Writer.CompleteAsync();
        return new ProcessExit(7, 0);
    }
}
