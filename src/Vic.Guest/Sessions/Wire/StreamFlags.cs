namespace Vic.Guest.Sessions.Wire;

/// <summary>What a receiver says of a stream's end in <see cref="FrameType.Position"/> and <see cref="FrameType.Window"/>.</summary>
[Flags]
internal enum StreamFlags : byte
{
    /// <summary>The stream goes on.</summary>
    None = 0,

    /// <summary>Everything was consumed, the end included.</summary>
    EndConsumed = 1,

    /// <summary>The end has arrived.</summary>
    Ended = 2,
}
