namespace Vic.Lab.SerialPorts;

/// <summary>
/// VMware's telnet option for virtual serial ports and its suboptions (VMware, "Using a Proxy with vSphere Virtual Serial Ports", chapters "VMware
/// Telnet Extension Commands for Proxy Communication" and "vMotion Notification").
/// </summary>
internal static class VmwareTelnet
{
    public const byte Option = 232;
    public const byte KnownSuboptions1 = 0;
    public const byte KnownSuboptions2 = 1;
    public const byte UnknownSuboptionReceived1 = 2;
    public const byte UnknownSuboptionReceived2 = 3;
    public const byte MotionBegin = 40;
    public const byte MotionGoAhead = 41;
    public const byte MotionNotNow = 43;
    public const byte MotionPeer = 44;
    public const byte MotionPeerOk = 45;
    public const byte MotionComplete = 46;
    public const byte MotionAbort = 48;
    public const byte DoProxy = 70;
    public const byte WillProxy = 71;
    public const byte WontProxy = 73;
    public const byte VmVcUuid = 80;
    public const byte GetVmVcUuid = 81;
    public const byte VmName = 82;
    public const byte GetVmName = 83;
    public const byte VmBiosUuid = 84;
    public const byte GetVmBiosUuid = 85;
    public const byte VmLocationUuid = 86;
    public const byte GetVmLocationUuid = 87;

    /// <summary>What a host of the lab knows.</summary>
    public static ReadOnlySpan<byte> Known =>
    [
        KnownSuboptions1, KnownSuboptions2, UnknownSuboptionReceived1, UnknownSuboptionReceived2, MotionBegin, MotionGoAhead, MotionNotNow,
        MotionPeer, MotionPeerOk, MotionComplete, MotionAbort, DoProxy, WillProxy, WontProxy,
        VmVcUuid, GetVmVcUuid, VmName, GetVmName, VmBiosUuid, GetVmBiosUuid, VmLocationUuid, GetVmLocationUuid,
    ];
}
