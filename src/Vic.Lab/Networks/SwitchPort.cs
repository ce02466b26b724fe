using System.Threading.Channels;

namespace Vic.Lab.Networks;

/// <summary>A port of an <see cref="EthernetSwitch"/>: frames go in by <see cref="Send"/> and come out of a bounded queue.</summary>
internal sealed class SwitchPort : IDisposable
{
    private const int QueuedFrames = 2048;
    private const long QueuedBytes = 8 * 1024 * 1024;
    private readonly EthernetSwitch _switch;
    private readonly Channel<byte[]> _queue = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(QueuedFrames) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private long _bytes;
    private long _dropped;

    internal SwitchPort(EthernetSwitch owner) => _switch = owner;

    /// <summary>Frames that were dropped because this port's reader was slow.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Hands a frame to the switch.</summary>
    public void Send(byte[] frame) => _switch.Forward(this, frame);

    /// <summary>Waits for frames; false when the port is unplugged.</summary>
    public ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken) => _queue.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Takes a frame that is waiting.</summary>
    public bool TryRead(out byte[] frame)
    {
        if (!_queue.Reader.TryRead(out frame!))
        {
            return false;
        }

        Interlocked.Add(ref _bytes, -frame.Length);
        return true;
    }

    /// <summary>Unplugs the port.</summary>
    public void Dispose()
    {
        _switch.Remove(this);
        _queue.Writer.TryComplete();
    }

    internal void Enqueue(byte[] frame)
    {
        if (Interlocked.Add(ref _bytes, frame.Length) > QueuedBytes || !_queue.Writer.TryWrite(frame))
        {
            Interlocked.Add(ref _bytes, -frame.Length);
            Interlocked.Increment(ref _dropped);
        }
    }
}
