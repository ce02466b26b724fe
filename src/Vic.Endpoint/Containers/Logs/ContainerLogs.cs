using System.Globalization;
using System.Text;
using Vic.Configuration;
using Vic.Endpoint.Api.Streams;

namespace Vic.Endpoint.Containers.Logs;

/// <summary>Answers <c>docker logs</c> from the file that the container VM writes, so that nothing is lost while the endpoint is down.</summary>
public static class ContainerLogs
{
    private const int BlockSize = 64 * 1024;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>Sends the log; with follow, until the present run has ended or the client has left.</summary>
    public static async Task SendAsync(Container container, LogRequest request, OutputWriter writer, CancellationToken cancellationToken)
    {
        var reader = new OutputLogReader();
        var lines = new OutputLogLines();
        var tail = request.Tail is { } count ? new Queue<OutputLogEntry>(Math.Min(count, 1024)) : null;

        using var news = new SemaphoreSlim(0, 1);
        var streams = container.Streams;
        var exit = container.NextExit;
        var follow = request.Follow && container.State.IsRunning;
        void Wake() => Release(news);
        streams.OutputArrived += Wake;
        try
        {
            var last = false;
            while (true)
            {
                await foreach (var line in ReadAsync(container, reader, lines, request, cancellationToken).ConfigureAwait(false))
                {
                    await SendOrKeepAsync(line, tail, request, writer, cancellationToken).ConfigureAwait(false);
                }

                if (last || !follow)
                {
                    foreach (var line in lines.Flush().Where(line => IsWanted(line, request)))
                    {
                        await SendOrKeepAsync(line, tail, request, writer, cancellationToken).ConfigureAwait(false);
                    }

                    await SendKeptAsync(tail, request, writer, cancellationToken).ConfigureAwait(false);
                    return;
                }

                await SendKeptAsync(tail, request, writer, cancellationToken).ConfigureAwait(false);
                tail = null;
                last = exit.IsCompleted || request.Until < DateTimeOffset.UtcNow;
                if (!last)
                {
                    // Output seen on the session is in the file soon; a container without a session is looked at again by time.
                    await Task.WhenAny(exit, news.WaitAsync(LookAgain, cancellationToken)).ConfigureAwait(false);
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
        }
        finally
        {
            streams.OutputArrived -= Wake;
        }
    }

    private static async IAsyncEnumerable<OutputLogEntry> ReadAsync(
        Container container, OutputLogReader reader, OutputLogLines lines, LogRequest request,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var part = await container.Machine.OpenOutputAsync(reader.Position, cancellationToken).ConfigureAwait(false);
        await using var closing = part.ConfigureAwait(false);
        reader.Restart();
        var block = new byte[BlockSize];
        while (await part.ReadAsync(block, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            foreach (var line in reader.Add(block, 0, read).SelectMany(lines.Add).Where(line => IsWanted(line, request)))
            {
                yield return line;
            }
        }
    }

    private static bool IsWanted(OutputLogEntry line, LogRequest request) =>
        (line.Stream == OutputStreamKind.Output ? request.Output : request.Error)
        && !(line.Time < request.Since)
        && !(line.Time > request.Until);

    private static async Task SendOrKeepAsync(
        OutputLogEntry line, Queue<OutputLogEntry>? tail, LogRequest request, OutputWriter writer, CancellationToken cancellationToken)
    {
        if (tail is null)
        {
            await SendAsync(line, request, writer, cancellationToken).ConfigureAwait(false);
            return;
        }

        tail.Enqueue(line);
        if (tail.Count > request.Tail)
        {
            tail.Dequeue();
        }
    }

    private static async Task SendKeptAsync(Queue<OutputLogEntry>? tail, LogRequest request, OutputWriter writer, CancellationToken cancellationToken)
    {
        while (tail is not null && tail.TryDequeue(out var line))
        {
            await SendAsync(line, request, writer, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task SendAsync(OutputLogEntry line, LogRequest request, OutputWriter writer, CancellationToken cancellationToken)
    {
        var bytes = line.Content;
        if (request.Details)
        {
            bytes = [(byte)' ', .. bytes];
        }

        if (request.Timestamps)
        {
            var time = line.Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffff00Z ", CultureInfo.InvariantCulture);
            bytes = [.. Encoding.ASCII.GetBytes(time), .. bytes];
        }

        var channel = line.Stream == OutputStreamKind.Output ? OutputChannel.StandardOutput : OutputChannel.StandardError;
        await writer.WriteAsync(channel, bytes, cancellationToken).ConfigureAwait(false);
    }

    private static void Release(SemaphoreSlim news)
    {
        try
        {
            news.Release();
        }
        catch (SemaphoreFullException)
        {
            // The reader knows already.
        }
        catch (ObjectDisposedException)
        {
            // The reader has left between the event's raising and this call.
        }
    }
}
