namespace Vic.Guest.Sessions.Wire;

/// <summary>The stream that carries control messages in both directions: each is its length and its bytes.</summary>
internal sealed class ControlStream
{
    internal const uint Id = 3;

    private const int LengthBytes = 4;
    private const int Capacity = 4 * 1024 * 1024;
    private const int ReceiveWindow = 64 * 1024;
    private const int MaximumMessage = 1024 * 1024;

    private readonly SessionStreams streams;
    private readonly ByteQueue input = new(MaximumMessage + LengthBytes);

    internal ControlStream(SessionStreams streams)
    {
        this.streams = streams;
        Sending = Begin();
    }

    internal SendStream Sending { get; private set; }

    /// <summary>Whether everything that was said has been heard.</summary>
    internal bool IsDrained => Sending.Base == Sending.Length;

    /// <summary>Begins anew, with a new peer.</summary>
    internal void Restart()
    {
        streams.Remove(Id);
        input.Drop(input.Count);
        Sending = Begin();
    }

    internal void Send(WireWriter message)
    {
        var length = message.Written.Length;
        if (length > MaximumMessage || Sending.Room < length + LengthBytes)
            throw new InvalidOperationException("The message is too long, or too many are waiting for a connection.");
        Sending.Append(new WireWriter().UInt32((uint)length).Written);
        Sending.Append(message.Written);
    }

    /// <summary>Takes bytes in and hands over the messages that are whole.</summary>
    internal void Receive(ReceiveStream stream, ReadOnlySpan<byte> data, ISessionRole role)
    {
        stream.Consume(data.Length);
        while (!data.IsEmpty)
        {
            data = data[input.Enqueue(data)..];
            while (TryTakeMessage(out var message))
            {
                var reader = new WireReader(message);
                role.OnControl((ControlType)reader.Byte(), ref reader);
            }
        }
    }

    private SendStream Begin()
    {
        streams.AddReceiving(Id, ReceiveWindow);
        return streams.AddSending(Id, Capacity);
    }

    private bool TryTakeMessage(out byte[] message)
    {
        message = [];
        if (input.Count < LengthBytes)
            return false;
        Span<byte> header = stackalloc byte[LengthBytes];
        input.Peek(0, header);
        var length = new WireReader(header).UInt32();
        if (length is 0 or > MaximumMessage)
            throw new SessionProtocolException("A control message has an impossible length.");
        if (input.Count - LengthBytes < (int)length)
            return false;
        message = new byte[length];
        input.Peek(LengthBytes, message);
        input.Drop(LengthBytes + message.Length);
        return true;
    }
}
