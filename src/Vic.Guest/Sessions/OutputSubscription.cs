using Vic.Guest.Sessions.Wire;

namespace Vic.Guest.Sessions;

/// <summary>
/// One reader of a process's output, in the order of arrival across both outputs. Every reader sees every byte from its subscription on;
/// the slowest decides how fast the process may write, so dispose of those that are not read.
/// </summary>
public sealed class OutputSubscription : IDisposable
{
    private readonly ContainerTask task;
    private readonly Queue<OutputChunk> chunks = new();
    private readonly AsyncSignal signal = new();
    private OutputChunk? current;

    internal OutputSubscription(ContainerTask task) => this.task = task;

    internal bool IsEnded { get; set; }

    internal Exception? Error { get; set; }

    /// <summary>The next bytes; null at the end of both outputs.</summary>
    /// <exception cref="SessionLostException">The process can no longer be reached.</exception>
    public async ValueTask<OutputChunk?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (task.Gate)
            {
                // The previous chunk is given back only now: its reader has passed it on.
                task.Release(current);
                current = null;
                if (chunks.Count > 0)
                    return current = chunks.Dequeue();
                if (Error is not null)
                    throw Error;
                if (IsEnded)
                    return null;
            }

            await signal.WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (task.Gate)
        {
            task.Release(current);
            current = null;
            while (chunks.Count > 0)
                task.Release(chunks.Dequeue());
            task.Remove(this);
        }
    }

    internal void Add(OutputChunk chunk)
    {
        chunks.Enqueue(chunk);
        signal.Set();
    }

    internal void Signal() => signal.Set();
}
