namespace Vic.Guest.Sessions.Vspc;

/// <summary>
/// The suboptions of VMware's telnet option (VMware, "Using Telnet to Communicate with a Virtual Machine's Serial Port"; the same numbers
/// are in vmware/vic, lib/vspc/vspc.go).
/// </summary>
internal static class VspcOption
{
    internal const byte Binary = 0;
    internal const byte SuppressGoAhead = 3;
    internal const byte Vmware = 232;

    internal const byte KnownByMachine = 0;
    internal const byte KnownByProxy = 1;
    internal const byte UnknownToProxy = 3;
    internal const byte MotionBegin = 40;
    internal const byte MotionGoAhead = 41;
    internal const byte MotionNotNow = 43;
    internal const byte MotionPeer = 44;
    internal const byte MotionPeerOk = 45;
    internal const byte MotionComplete = 46;
    internal const byte MotionAbort = 48;
    internal const byte DoProxy = 70;
    internal const byte WillProxy = 71;
    internal const byte MachineUuid = 80;
    internal const byte GetMachineUuid = 81;

    /// <summary>What this server understands.</summary>
    internal static ReadOnlySpan<byte> Known =>
    [
        KnownByMachine, KnownByProxy, UnknownToProxy, MotionBegin, MotionGoAhead, MotionNotNow, MotionPeer, MotionPeerOk, MotionComplete,
        MotionAbort, DoProxy, WillProxy, MachineUuid, GetMachineUuid,
    ];
}
