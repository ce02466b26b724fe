namespace Vic.Guest.Sessions.Wire;

/// <summary>What one record of a connection says.</summary>
internal enum FrameType : byte
{
    /// <summary>The first frame: protocol version, capabilities, and which run of the sender this is.</summary>
    Hello = 1,

    /// <summary>From the tether, before anything else: one of its tasks and where its output begins.</summary>
    Task = 2,

    /// <summary>How far the sender has come in a stream that it receives.</summary>
    Position = 3,

    /// <summary>The end of the opening: data may flow to the sender of this.</summary>
    Synchronized = 4,

    /// <summary>Bytes of a stream at an offset.</summary>
    Data = 5,

    /// <summary>The end of a stream at an offset.</summary>
    End = 6,

    /// <summary>What was consumed of a stream, and up to where more may be sent.</summary>
    Window = 7,

    /// <summary>The bytes before an offset are gone; the log has them.</summary>
    Gap = 8,

    /// <summary>How much data arrived over this connection.</summary>
    LinkAcknowledgement = 9,

    /// <summary>Asks for a sign of life.</summary>
    Ping = 10,

    /// <summary>The sign of life.</summary>
    Pong = 11,
}
