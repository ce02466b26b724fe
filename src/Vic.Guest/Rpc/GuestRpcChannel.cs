namespace Vic.Guest.Rpc;

/// <summary>Which of the two conversations a frame belongs to.</summary>
public enum GuestRpcChannel : byte
{
    /// <summary>Not a channel.</summary>
    None = 0,

    /// <summary>The guest asks, the host answers (VMware calls it RPCI).</summary>
    Request = (byte)'R',

    /// <summary>The host commands, the guest answers (VMware calls it TCLO).</summary>
    Command = (byte)'T',
}
