using System.Buffers.Binary;
using Vic.Guest.Sessions.Cryptography;

namespace Vic.Guest.Sessions.Wire;

/// <summary>
/// Encrypted records over a transport: the length of the ciphertext in two bytes, little-endian, then the ciphertext with its tag. One
/// record carries one frame. A record that was changed, repeated or left out ends the connection, because nonces count.
/// </summary>
internal sealed class SecureChannel
{
    private const int LengthBytes = 2;
    private const int BatchLength = 64 * 1024;

    private readonly SessionTransport transport;
    private readonly ChaCha20Poly1305 sending;
    private readonly ChaCha20Poly1305 receiving;
    private readonly byte[] batch = new byte[BatchLength];
    private ulong sendNonce;
    private ulong receiveNonce;
    private int batchLength;
    private int recordToRelease;

    internal SecureChannel(SessionTransport transport, ChaCha20Poly1305 sending, ChaCha20Poly1305 receiving)
    {
        this.transport = transport;
        this.sending = sending;
        this.receiving = receiving;
    }

    internal LinkProfile Profile => transport.Profile;

    /// <summary>Bytes of a frame that fit into the batch.</summary>
    internal int Room => batch.Length - batchLength - LengthBytes - ChaCha20Poly1305.TagLength;

    internal bool HasBatch => batchLength > 0;

    /// <summary>The next frame, valid until the next call; empty at the end of the stream.</summary>
    internal async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        transport.Advance(recordToRelease);
        recordToRelease = 0;
        var at = await transport.WaitAsync(LengthBytes, cancellationToken).ConfigureAwait(false);
        if (at < 0)
            return default;
        var count = BinaryPrimitives.ReadUInt16LittleEndian(transport.Buffer.AsSpan(at));
        if (count <= ChaCha20Poly1305.TagLength || count > Profile.MaximumFrame + ChaCha20Poly1305.TagLength)
            throw new SessionProtocolException("A record has an impossible length.");
        at = await transport.WaitAsync(LengthBytes + count, cancellationToken).ConfigureAwait(false);
        if (at < 0)
            return default;
        at += LengthBytes;
        if (!receiving.TryOpen(receiveNonce++, [], transport.Buffer, at, count))
        {
            // The bytes are kept: on a serial port the beginning of a new session may be among them.
            throw new SessionProtocolException("A record is not authentic.");
        }

        recordToRelease = LengthBytes + count;
        return transport.Buffer.AsMemory(at, count - ChaCha20Poly1305.TagLength);
    }

    /// <summary>Takes space for one frame of the batch; the caller has looked at <see cref="Room"/>.</summary>
    internal Span<byte> Reserve(int count)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(batch.AsSpan(batchLength), (ushort)(count + ChaCha20Poly1305.TagLength));
        var frame = batch.AsSpan(batchLength + LengthBytes, count);
        batchLength += LengthBytes + count + ChaCha20Poly1305.TagLength;
        return frame;
    }

    /// <summary>Encrypts and sends the batch.</summary>
    internal async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        for (var at = 0; at < batchLength;)
        {
            var count = BinaryPrimitives.ReadUInt16LittleEndian(batch.AsSpan(at));
            sending.Seal(sendNonce++, [], batch, at + LengthBytes, count - ChaCha20Poly1305.TagLength);
            at += LengthBytes + count;
        }

        var length = batchLength;
        batchLength = 0;
        await transport.Stream.WriteAsync(batch.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
        await transport.Stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
