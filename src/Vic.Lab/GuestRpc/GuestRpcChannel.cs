namespace Vic.Lab.GuestRpc;

/// <summary>Which way a frame's conversation goes.</summary>
internal enum GuestRpcChannel : byte
{
    /// <summary>The guest asks and the host answers (VMware's RPCI).</summary>
    Rpci = (byte)'R',

    /// <summary>The host commands and the guest answers (VMware's TCLO).</summary>
    Tclo = (byte)'T',
}
