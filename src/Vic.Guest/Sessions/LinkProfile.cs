namespace Vic.Guest.Sessions;

/// <summary>What a transport carries well.</summary>
public sealed class LinkProfile
{
    private LinkProfile(int maximumFrame, int linkWindow, bool isShared)
    {
        MaximumFrame = maximumFrame;
        LinkWindow = linkWindow;
        IsResynchronizing = isShared;
    }

    /// <summary>TCP: connections begin and end.</summary>
    public static LinkProfile Network { get; } = new(maximumFrame: 16 * 1024, linkWindow: 1024 * 1024, isShared: false);

    /// <summary>
    /// A serial port: 30 to 140 KB/s, bytes are lost when nobody reads, and the guest does not notice that the other end was replaced.
    /// </summary>
    public static LinkProfile Serial { get; } = new(maximumFrame: 2 * 1024, linkWindow: 32 * 1024, isShared: true);

    /// <summary>Bytes of a frame, its header included.</summary>
    public int MaximumFrame { get; }

    /// <summary>Bytes of data sent and not yet known to have arrived.</summary>
    public int LinkWindow { get; }

    /// <summary>Whether a failed session leaves the transport in place, to be synchronized again.</summary>
    public bool IsResynchronizing { get; }
}
