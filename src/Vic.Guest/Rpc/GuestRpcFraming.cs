using System.Buffers.Binary;

namespace Vic.Guest.Rpc;

/// <summary>
/// Frames of guest RPC on a byte stream: length of the payload (32 bits, little-endian), channel (one byte), payload.
/// </summary>
public static class GuestRpcFraming
{
    /// <summary>The longest payload in bytes; a longer one ends the conversation.</summary>
    public const int MaximumPayload = 1024 * 1024;

    private const int HeaderLength = 5;

    /// <summary>Reads one frame; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The bytes are no frame.</exception>
    public static async ValueTask<(GuestRpcChannel Channel, byte[] Payload)?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderLength];
        var read = await stream.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (read == 0)
            return null;
        if (read < HeaderLength)
            throw new InvalidDataException("Guest RPC ended inside a frame.");

        var length = BinaryPrimitives.ReadUInt32LittleEndian(header);
        var channel = (GuestRpcChannel)header[4];
        if (length > MaximumPayload || channel is not (GuestRpcChannel.Request or GuestRpcChannel.Command))
            throw new InvalidDataException($"Guest RPC frame of {length} bytes on channel 0x{header[4]:x2} is not valid.");

        var payload = new byte[length];
        await stream.ReadExactlyAsync(payload, cancellationToken).ConfigureAwait(false);
        return (channel, payload);
    }

    /// <summary>Writes one frame.</summary>
    public static ValueTask WriteAsync(Stream stream, GuestRpcChannel channel, ReadOnlySpan<byte> payload, CancellationToken cancellationToken)
    {
        if (payload.Length > MaximumPayload)
            throw new ArgumentException($"A guest RPC payload has at most {MaximumPayload} bytes.", nameof(payload));
        var frame = new byte[HeaderLength + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, payload.Length);
        frame[4] = (byte)channel;
        payload.CopyTo(frame.AsSpan(HeaderLength));
        return stream.WriteAsync(frame, cancellationToken);
    }
}
