using Vic.Endpoint.Api.Streams;
using Vic.Endpoint.Machines;

namespace Vic.Endpoint.Containers.Attach;

/// <summary>
/// The streams of one run of a process, shared by the clients that are attached. Output goes to every client in order and is
/// read even when there is none; a client that does not read holds the process up until it reads or leaves.
/// </summary>
public sealed class ProcessStreams
{
    private readonly Lock _gate = new();
    private readonly List<Subscriber> _subscribers = [];
    private readonly TaskCompletionSource<IGuestProcess> _bound = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _forwarded;

    /// <summary>Completes when the process is there; it may not have started yet.</summary>
    public Task<IGuestProcess> Bound => _bound.Task;

    /// <summary>Completes when all output has been handed to every client.</summary>
    public Task Drained => _drained.Task;

    /// <summary>How many bytes have been handed on; grows while there is progress.</summary>
    public long Forwarded => Interlocked.Read(ref _forwarded);

    /// <summary>Raised after each piece of output, for those who follow the log.</summary>
    public event Action? OutputArrived;

    /// <summary>Connects the streams to a process and begins to read its output.</summary>
    public void Bind(IGuestProcess process)
    {
        _ = DrainAsync(process);
        _bound.TrySetResult(process);
    }

    /// <summary>The run never came about or its clients no longer matter: everybody who waits is let go.</summary>
    public void Abandon()
    {
        _bound.TrySetCanceled();
        _drained.TrySetResult();
        Subscriber[] left;
        lock (_gate)
        {
            left = [.. _subscribers];
            _subscribers.Clear();
        }

        // A client that leaves runs its own code at once, which takes it out of the list.
        foreach (var subscriber in left)
        {
            subscriber.Leave();
        }
    }

    /// <summary>
    /// Adds a client; output from now on is its own, and waits until it is connected. A client is added before it is told that
    /// it is attached: it starts the process at once.
    /// </summary>
    public Subscriber Subscribe(bool output, bool error)
    {
        var subscriber = new Subscriber(this, output, error);
        lock (_gate)
        {
            _subscribers.Add(subscriber);
        }

        return subscriber;
    }

    private async Task DrainAsync(IGuestProcess process)
    {
        var error = process.Error is { } stream ? CopyAsync(stream, OutputChannel.StandardError) : Task.CompletedTask;
        await Task.WhenAll(CopyAsync(process.Output, OutputChannel.StandardOutput), error).ConfigureAwait(false);
        _drained.TrySetResult();
    }

    private async Task CopyAsync(Stream source, OutputChannel channel)
    {
        var buffer = new byte[32 * 1024];
        try
        {
            while (await source.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var read)
            {
                foreach (var subscriber in Current())
                {
                    await subscriber.SendAsync(channel, buffer.AsMemory(0, read)).ConfigureAwait(false);
                }

                Interlocked.Add(ref _forwarded, read);
                OutputArrived?.Invoke();
            }
        }
        catch (IOException)
        {
            // The VM or its connection is gone for good: the output ends here.
        }
    }

    private Subscriber[] Current()
    {
        lock (_gate)
        {
            return [.. _subscribers];
        }
    }

    /// <summary>One client.</summary>
    public sealed class Subscriber : IDisposable
    {
        private readonly ProcessStreams _owner;
        private readonly TaskCompletionSource<OutputWriter> _writer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly bool _output;
        private readonly bool _error;
        private readonly CancellationTokenSource _left = new();

        internal Subscriber(ProcessStreams owner, bool output, bool error)
        {
            _owner = owner;
            _output = output;
            _error = error;
        }

        /// <summary>Cancelled when the client has left, or was let go.</summary>
        public CancellationToken Left => _left.Token;

        /// <summary>Says where the client's output goes.</summary>
        public void Connect(OutputWriter writer) => _writer.TrySetResult(writer);

        /// <inheritdoc/>
        public void Dispose()
        {
            lock (_owner._gate)
            {
                _owner._subscribers.Remove(this);
            }

            Leave();
        }

        internal void Leave() => _left.Cancel();

        internal async ValueTask SendAsync(OutputChannel channel, ReadOnlyMemory<byte> bytes)
        {
            if (channel == OutputChannel.StandardOutput ? !_output : !_error)
            {
                return;
            }

            try
            {
                var writer = await _writer.Task.WaitAsync(_left.Token).ConfigureAwait(false);
                await writer.WriteAsync(channel, bytes, _left.Token).ConfigureAwait(false);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
            {
                Dispose();
            }
        }
    }
}
