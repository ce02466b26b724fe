using System.Buffers;
using System.Buffers.Binary;

namespace Vic.Endpoint.Api.Streams;

/// <summary>
/// Writes process output to a client: raw for a terminal, otherwise each piece behind eight bytes (channel, three zeros,
/// big-endian length) as moby's stdcopy has it.
/// </summary>
public sealed class OutputWriter : IDisposable
{
    private const int HeaderLength = 8;
    private readonly Stream _stream;
    private readonly bool _multiplexed;
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Writes to <paramref name="stream"/>, which stays open.</summary>
    public OutputWriter(Stream stream, bool multiplexed)
    {
        _stream = stream;
        _multiplexed = multiplexed;
    }

    /// <summary>Sends one piece of output; two channels may call at once.</summary>
    public async ValueTask WriteAsync(OutputChannel channel, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_multiplexed)
            {
                await _stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                var frame = ArrayPool<byte>.Shared.Rent(HeaderLength + bytes.Length);
                try
                {
                    frame.AsSpan(0, HeaderLength).Clear();
                    frame[0] = (byte)channel;
                    BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), bytes.Length);
                    bytes.CopyTo(frame.AsMemory(HeaderLength));
                    await _stream.WriteAsync(frame.AsMemory(0, HeaderLength + bytes.Length), cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    ArrayPool<byte>.Shared.Return(frame);
                }
            }

            await _stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();
}
