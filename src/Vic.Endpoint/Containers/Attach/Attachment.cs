using Vic.Endpoint.Api.Streams;
using Vic.Endpoint.Machines;

namespace Vic.Endpoint.Containers.Attach;

/// <summary>Connects one client to a process until the output ends, the client leaves, or its detach keys come.</summary>
public static class Attachment
{
    /// <summary>Serves the client; true when it left by its detach keys.</summary>
    public static async Task<bool> RunAsync(
        ProcessStreams streams, ProcessStreams.Subscriber subscriber, AttachRequest request, Stream typed, CancellationToken aborted)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(aborted, subscriber.Left);
        var input = request.Input ? ForwardAsync(streams, request, typed, ended.Token) : Task.FromResult(false);
        var output = streams.Drained.WaitAsync(ended.Token);

        // Input that ends leaves the client reading; only its detach keys end the attachment from that side.
        var first = await Task.WhenAny(input, output).ConfigureAwait(false);
        var detached = first == input && await input.ConfigureAwait(false);
        if (!detached)
        {
            await Task.WhenAny(output).ConfigureAwait(false);
        }

        await ended.CancelAsync().ConfigureAwait(false);
        await input.ConfigureAwait(false);
        return detached;
    }

    /// <summary>Copies what the client types; true when it typed its detach keys.</summary>
    private static async Task<bool> ForwardAsync(
        ProcessStreams streams, AttachRequest request, Stream source, CancellationToken ended)
    {
        try
        {
            var process = await streams.Bound.WaitAsync(ended).ConfigureAwait(false);
            var detached = await CopyAsync(process, request.DetachKeys, source, ended).ConfigureAwait(false);
            if (!detached && request.CloseInput)
            {
                await process.CloseInputAsync(ended).ConfigureAwait(false);
            }

            return detached;
        }
        catch (Exception over) when (over is OperationCanceledException or IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    private static async Task<bool> CopyAsync(IGuestProcess process, DetachKeys? keys, Stream source, CancellationToken ended)
    {
        var buffer = new byte[32 * 1024];
        var typed = new List<byte>();
        while (await ReadAsync(source, buffer, ended).ConfigureAwait(false) is > 0 and var read)
        {
            if (keys is null)
            {
                await process.Input.WriteAsync(buffer.AsMemory(0, read), ended).ConfigureAwait(false);
                await process.Input.FlushAsync(ended).ConfigureAwait(false);
                continue;
            }

            typed.Clear();
            var detached = keys.Scan(buffer.AsSpan(0, read), typed);
            await process.Input.WriteAsync(typed.ToArray(), ended).ConfigureAwait(false);
            await process.Input.FlushAsync(ended).ConfigureAwait(false);
            if (detached)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A client whose connection broke has typed all it will.</summary>
    private static async ValueTask<int> ReadAsync(Stream source, byte[] buffer, CancellationToken ended)
    {
        try
        {
            return await source.ReadAsync(buffer, ended).ConfigureAwait(false);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
