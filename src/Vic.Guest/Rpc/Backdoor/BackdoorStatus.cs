namespace Vic.Guest.Rpc.Backdoor;

/// <summary>The host's word on a step, in the high half of ecx (open-vm-tools, lib/include/guest_msg_def.h).</summary>
[Flags]
internal enum BackdoorStatus : ushort
{
    /// <summary>The host refused.</summary>
    None = 0,

    /// <summary>The step was done.</summary>
    Success = 0x01,

    /// <summary>The host has a message.</summary>
    DoReceive = 0x02,

    /// <summary>The channel is closed.</summary>
    Closed = 0x04,

    /// <summary>A message was not sent on.</summary>
    Unsent = 0x08,

    /// <summary>The host would take the whole message at once, through the other port.</summary>
    HighBandwidth = 0x10,

    /// <summary>The machine was suspended, moved or snapshotted in the middle of a message, which begins anew.</summary>
    Checkpoint = 0x20,
}
