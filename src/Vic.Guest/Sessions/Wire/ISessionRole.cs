namespace Vic.Guest.Sessions.Wire;

/// <summary>What one end of a session makes of what the other says. Everything is called under the exchange's lock.</summary>
internal interface ISessionRole
{
    /// <summary>Whether this side speaks only after the peer's first frame has proved that the peer is alive and not a recording.</summary>
    bool WaitsForPeer { get; }

    /// <summary>The peer is another run than before: it knows nothing of what was said.</summary>
    void OnPeerReplaced(bool isFirst);

    /// <summary>A task that the peer states at the opening of a connection.</summary>
    void OnTask(ref WireReader reader);

    /// <summary>A whole control message.</summary>
    void OnControl(ControlType type, ref WireReader reader);

    /// <summary>New bytes of a stream.</summary>
    void OnData(ReceiveStream stream, ReadOnlySpan<byte> data);

    /// <summary>A stream's last byte has arrived.</summary>
    void OnEnd(ReceiveStream stream);

    /// <summary>The peer has consumed bytes or an end.</summary>
    void OnAcknowledged(SendStream stream);

    /// <summary>The last word about a received stream's end is on its way.</summary>
    void OnEndAnnounced(ReceiveStream stream);

    /// <summary>The frames that state this side's tasks.</summary>
    void StateTasks(List<byte[]> frames);
}
