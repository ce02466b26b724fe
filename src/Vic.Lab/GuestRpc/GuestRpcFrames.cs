using System.Buffers.Binary;

namespace Vic.Lab.GuestRpc;

/// <summary>
/// Guest RPC messages on a byte stream: the payload's length (4 bytes, little-endian), the channel (1 byte), the payload. The payload is
/// VMware's own text, as it goes over the backdoor on vSphere.
/// </summary>
internal sealed class GuestRpcFrames(Stream stream)
{
    /// <summary>The longest payload.</summary>
    public const int MaximumPayload = 1024 * 1024;

    private const int HeaderLength = 5;

    /// <summary>Reads a message, or null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The guest does not keep to the framing.</exception>
    public async ValueTask<(GuestRpcChannel Channel, byte[] Payload)?> ReadAsync(CancellationToken cancellationToken)
    {
        var header = new byte[HeaderLength];
        if (await stream.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < HeaderLength)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(header);
        var channel = (GuestRpcChannel)header[4];
        if (length > MaximumPayload || channel is not (GuestRpcChannel.Rpci or GuestRpcChannel.Tclo))
        {
            throw new InvalidDataException("the guest sends no guest RPC frames");
        }

        var payload = new byte[length];
        return await stream.ReadAtLeastAsync(payload, payload.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < payload.Length
            ? null
            : (channel, payload);
    }

    /// <summary>Writes a message; not to be called concurrently.</summary>
    public ValueTask WriteAsync(GuestRpcChannel channel, ReadOnlySpan<byte> payload, CancellationToken cancellationToken)
    {
        var frame = new byte[HeaderLength + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, payload.Length);
        frame[4] = (byte)channel;
        payload.CopyTo(frame.AsSpan(HeaderLength));
        return stream.WriteAsync(frame, cancellationToken);
    }
}
