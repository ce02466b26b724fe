using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Vic.Endpoint.Machines;

namespace Vic.Endpoint.Tests.Doubles;

/// <summary>
/// Plays a few programs without a process: echo TEXT; both OUT ERR; cat [EXIT CODE]; forever [SIGNAL IGNORED]; exit CODE; size.
/// </summary>
internal sealed class InMemoryProcess : IGuestProcess
{
    private readonly Pipe _input = new();
    private readonly Pipe _output = new();
    private readonly Pipe _error = new();
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _signalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<(int, int)> _resized = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IReadOnlyList<string> _arguments;
    private readonly Action<bool, ReadOnlyMemory<byte>> _log;
    private readonly bool _terminal;

    public InMemoryProcess(IReadOnlyList<string> arguments, bool terminal, bool openInput, Action<bool, ReadOnlyMemory<byte>> log)
    {
        _arguments = arguments;
        _terminal = terminal;
        _log = log;
        Input = _input.Writer.AsStream();
        Output = _output.Reader.AsStream();
        Error = terminal ? null : _error.Reader.AsStream();
        if (!openInput)
        {
            _input.Writer.Complete();
        }
    }

    public Stream Input { get; }

    public Stream Output { get; }

    public Stream? Error { get; }

    public Task<int> Exited => _exited.Task;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_arguments[0] == "no-such-command")
        {
            _output.Writer.Complete();
            _error.Writer.Complete();
            throw new LaunchException(127, $"exec: \"{_arguments[0]}\": executable file not found in $PATH");
        }

        _ = RunAsync();
        return Task.CompletedTask;
    }

    public async Task CloseInputAsync(CancellationToken cancellationToken) => await _input.Writer.CompleteAsync();

    public Task ResizeAsync(int columns, int rows, CancellationToken cancellationToken)
    {
        _resized.TrySetResult((rows, columns));
        return Task.CompletedTask;
    }

    public Task SignalAsync(int signal, CancellationToken cancellationToken)
    {
        if (signal == 9 || _arguments.Count < 2 || _arguments[1] != signal.ToString(CultureInfo.InvariantCulture))
        {
            _signalled.TrySetResult(128 + signal);
        }

        return Task.CompletedTask;
    }

    public void Abort() => _signalled.TrySetResult(137);

    private async Task RunAsync()
    {
        var program = ProgramAsync();
        var first = await Task.WhenAny(program, _signalled.Task);
        var code = await first;
        await _output.Writer.CompleteAsync();
        await _error.Writer.CompleteAsync();
        _exited.TrySetResult(code);
    }

    private async Task<int> ProgramAsync()
    {
        switch (_arguments[0])
        {
            case "echo":
                await WriteAsync(false, string.Join(' ', _arguments.Skip(1)) + "\n");
                return 0;
            case "both":
                await WriteAsync(false, _arguments[1] + "\n");
                await WriteAsync(true, _arguments[2] + "\n");
                return 5;
            case "cat":
                var buffer = new byte[64 * 1024];
                var input = _input.Reader.AsStream();
                while (await input.ReadAsync(buffer) is > 0 and var read)
                {
                    await WriteAsync(false, buffer.AsMemory(0, read));
                }

                return _arguments.Count > 1 ? int.Parse(_arguments[1], CultureInfo.InvariantCulture) : 0;
            case "exit":
                return int.Parse(_arguments[1], CultureInfo.InvariantCulture);
            case "size":
                var (rows, columns) = await _resized.Task;
                await WriteAsync(false, $"{rows} {columns}\n");
                return 0;
            case "forever":
                await WriteAsync(false, "ready\n");
                return await _signalled.Task;
            default:
                return 0;
        }
    }

    private Task WriteAsync(bool error, string text) => WriteAsync(error, Encoding.UTF8.GetBytes(text));

    private async Task WriteAsync(bool error, ReadOnlyMemory<byte> bytes)
    {
        _log(error, bytes);
        await (error && !_terminal ? _error : _output).Writer.WriteAsync(bytes);
    }
}
