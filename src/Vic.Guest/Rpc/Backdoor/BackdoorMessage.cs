namespace Vic.Guest.Rpc.Backdoor;

/// <summary>Steps of the backdoor's message command, in the high half of ecx (open-vm-tools, lib/message/message.c and lib/include/guest_msg_def.h).</summary>
internal enum BackdoorMessage : ushort
{
    /// <summary>Opens a channel of a protocol.</summary>
    Open = 0,

    /// <summary>Announces a message by its length.</summary>
    SendSize = 1,

    /// <summary>Sends four bytes of it.</summary>
    SendPayload = 2,

    /// <summary>Asks for a message of the host's.</summary>
    ReceiveSize = 3,

    /// <summary>Takes four bytes of it.</summary>
    ReceivePayload = 4,

    /// <summary>Tells the host that it has been taken.</summary>
    ReceiveStatus = 5,

    /// <summary>Closes the channel.</summary>
    Close = 6,
}
