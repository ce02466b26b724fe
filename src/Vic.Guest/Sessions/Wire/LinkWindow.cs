namespace Vic.Guest.Sessions.Wire;

/// <summary>
/// How much data is under way over one connection. It begins with one frame and doubles with what the peer says to have: of a connection
/// that breaks soon, whatever was under way is lost, and a session that began with more than the line carries would never get on.
/// </summary>
internal sealed class LinkWindow(LinkProfile profile)
{
    private ulong sent;
    private ulong acknowledged;
    private ulong received;
    private ulong told;

    /// <summary>Bytes that may be sent now.</summary>
    internal int Left => (int)(Math.Clamp(2 * acknowledged, (ulong)profile.MaximumFrame, (ulong)profile.LinkWindow) - (sent - acknowledged));

    /// <summary>Whether it is time to say what has arrived: after the first bytes, then at growing intervals, so that the sender never waits in vain.</summary>
    internal bool IsAcknowledgementDue => received - told >= Math.Clamp(told, 1, (ulong)profile.LinkWindow / 4);

    internal void CountSent(int count) => sent += (ulong)count;

    internal void CountReceived(int count) => received += (ulong)count;

    /// <summary>The peer says how much has arrived there.</summary>
    internal void Acknowledge(ulong total)
    {
        if (total > sent || total < acknowledged)
            throw new SessionProtocolException("The peer acknowledges what was never sent.");
        acknowledged = total;
    }

    /// <summary>What to tell the peer, which then counts as told.</summary>
    internal ulong TakeAcknowledgement() => told = received;
}
