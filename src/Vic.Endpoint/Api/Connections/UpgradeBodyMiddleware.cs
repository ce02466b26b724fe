using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Vic.Endpoint.Api.Connections;

/// <summary>
/// Makes two habits of docker clients work on Kestrel. <c>docker exec</c> posts a body in a request that asks for an
/// upgrade, which Kestrel refuses: the body is taken out of the request here and handed over in <see cref="HijackFeature"/>.
/// And a client that closes its writing side of a taken-over connection still reads: on plain TCP Kestrel would take that for
/// the end of the connection and drop the rest of the output.
/// </summary>
public sealed class UpgradeBodyMiddleware
{
    /// <summary>The largest body that is taken out of an upgrade request, in bytes.</summary>
    private const int MaximumBody = 64 * 1024;

    /// <summary>A head beyond this is passed on as it is: Kestrel refuses it.</summary>
    private const int MaximumHead = 64 * 1024;

    private readonly ConnectionDelegate _next;

    /// <summary>Stands in front of <paramref name="next"/>, behind TLS.</summary>
    public UpgradeBodyMiddleware(ConnectionDelegate next) => _next = next;

    /// <summary>Serves one connection.</summary>
    public async Task OnConnectionAsync(ConnectionContext connection)
    {
        var feature = new HijackFeature();
        connection.Features.Set(feature);

        using var closed = new CancellationTokenSource();
        var transportClosed = connection.ConnectionClosed;
        using var forward = transportClosed.Register(() =>
        {
            if (!feature.IsTakenOver)
            {
                closed.Cancel();
            }
        });
        connection.ConnectionClosed = closed.Token;

        var transport = connection.Transport;
        var pipe = new Pipe(new PipeOptions(useSynchronizationContext: false));
        connection.Transport = new Duplex(pipe.Reader, transport.Output);

        using var ended = new CancellationTokenSource();
        var pump = new RequestPump(transport.Input, pipe.Writer, feature).RunAsync(ended.Token);
        try
        {
            await _next(connection).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            transport.Input.CancelPendingRead();
            await pipe.Reader.CompleteAsync().ConfigureAwait(false);
            await pump.ConfigureAwait(false);
            connection.Transport = transport;
            connection.ConnectionClosed = transportClosed;
        }
    }

    private sealed class Duplex(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }

    private sealed class RequestPump(PipeReader source, PipeWriter target, HijackFeature feature)
    {
        public async Task RunAsync(CancellationToken cancellationToken)
        {
            try
            {
                while (await PassRequestAsync(cancellationToken).ConfigureAwait(false))
                {
                }

                await target.CompleteAsync().ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                await target.CompleteAsync().ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                await target.CompleteAsync(failure).ConfigureAwait(false);
            }
        }

        /// <summary>Passes one request on; false when nothing more comes.</summary>
        private async Task<bool> PassRequestAsync(CancellationToken cancellationToken)
        {
            var (head, length) = await ReadHeadAsync(cancellationToken).ConfigureAwait(false);
            if (head is not { } facts)
            {
                return length > 0 && await PassAsync(long.MaxValue, cancellationToken).ConfigureAwait(false);
            }

            if (!facts.AsksForUpgrade || facts.IsChunked)
            {
                return await PassAsync(length, cancellationToken).ConfigureAwait(false)
                    && await PassBodyAsync(facts, cancellationToken).ConfigureAwait(false);
            }

            if (facts.ContentLength is > 0 and <= MaximumBody)
            {
                await PassWithoutBodyAsync(length, (int)facts.ContentLength, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                feature.UpgradeAsked(body: null);
                if (!await PassAsync(length + facts.ContentLength, cancellationToken).ConfigureAwait(false))
                {
                    return false;
                }
            }

            return !await feature.DecisionAsync(cancellationToken).ConfigureAwait(false)
                || await PassAsync(long.MaxValue, cancellationToken).ConfigureAwait(false);
        }

        /// <summary>Waits for a whole head and leaves it unread; no head and a length when it is beyond all bounds.</summary>
        private async Task<(RequestHead? Head, long Length)> ReadHeadAsync(CancellationToken cancellationToken)
        {
            while (true)
            {
                var result = await ReadAsync(cancellationToken).ConfigureAwait(false);
                var buffer = result.Buffer;
                var reader = new SequenceReader<byte>(buffer);
                if (reader.TryReadTo(out ReadOnlySequence<byte> _, "\r\n\r\n"u8))
                {
                    var length = reader.Consumed;
                    var head = RequestHead.Parse(buffer.Slice(0, length));
                    source.AdvanceTo(buffer.Start);
                    return (head, length);
                }

                if (result.IsCompleted || buffer.Length > MaximumHead)
                {
                    source.AdvanceTo(buffer.Start);
                    return (null, buffer.Length);
                }

                source.AdvanceTo(buffer.Start, buffer.End);
            }
        }

        private async Task PassWithoutBodyAsync(long headLength, int bodyLength, CancellationToken cancellationToken)
        {
            while (true)
            {
                var result = await ReadAsync(cancellationToken).ConfigureAwait(false);
                var buffer = result.Buffer;
                if (buffer.Length < headLength + bodyLength)
                {
                    if (result.IsCompleted)
                    {
                        throw new ConnectionResetException("the client closed the connection inside a request");
                    }

                    source.AdvanceTo(buffer.Start, buffer.End);
                    continue;
                }

                var head = RequestHead.WithoutBody(buffer.Slice(0, headLength));
                feature.UpgradeAsked(buffer.Slice(headLength, bodyLength).ToArray());
                source.AdvanceTo(buffer.GetPosition(headLength + bodyLength));
                await target.WriteAsync(head, cancellationToken).ConfigureAwait(false);
                return;
            }
        }

        private async Task<bool> PassBodyAsync(RequestHead head, CancellationToken cancellationToken)
        {
            if (!head.IsChunked)
            {
                return head.ContentLength == 0 || await PassAsync(head.ContentLength, cancellationToken).ConfigureAwait(false);
            }

            var scanner = new ChunkedBodyScanner();
            while (!scanner.IsComplete)
            {
                var result = await ReadAsync(cancellationToken).ConfigureAwait(false);
                if (result.Buffer.IsEmpty && result.IsCompleted)
                {
                    return false;
                }

                var block = result.Buffer.First;
                var taken = scanner.Scan(block.Span);
                var flushed = await target.WriteAsync(block[..taken], cancellationToken).ConfigureAwait(false);
                source.AdvanceTo(result.Buffer.GetPosition(taken));
                if (flushed.IsCompleted)
                {
                    return false;
                }
            }

            return true;
        }

        private async Task<bool> PassAsync(long count, CancellationToken cancellationToken)
        {
            while (count > 0)
            {
                var result = await ReadAsync(cancellationToken).ConfigureAwait(false);
                if (result.Buffer.IsEmpty && result.IsCompleted)
                {
                    source.AdvanceTo(result.Buffer.Start);
                    return false;
                }

                var block = result.Buffer.First;
                var taken = (int)Math.Min(count, block.Length);
                var flushed = await target.WriteAsync(block[..taken], cancellationToken).ConfigureAwait(false);
                source.AdvanceTo(result.Buffer.GetPosition(taken));
                count -= taken;
                if (flushed.IsCompleted)
                {
                    return false;
                }
            }

            return true;
        }

        private async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken)
        {
            var result = await source.ReadAsync(cancellationToken).ConfigureAwait(false);
            return result.IsCanceled ? throw new OperationCanceledException(cancellationToken) : result;
        }
    }
}
