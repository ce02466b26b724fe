namespace Vic.Lab.SerialPorts;

/// <summary>VMware's telnet option for virtual serial ports and its suboptions (VMware's "Telnet extension for virtual serial ports").</summary>
internal static class VmwareTelnet
{
    public const byte Option = 232;
    public const byte KnownSuboptions1 = 0;
    public const byte KnownSuboptions2 = 1;
    public const byte UnknownSuboptionReceived1 = 2;
    public const byte UnknownSuboptionReceived2 = 3;
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

    /// <summary>What a host of the lab knows; messages about vMotion are not among it.</summary>
    public static ReadOnlySpan<byte> Known =>
    [
        KnownSuboptions1, KnownSuboptions2, UnknownSuboptionReceived1, UnknownSuboptionReceived2, DoProxy, WillProxy, WontProxy,
        VmVcUuid, GetVmVcUuid, VmName, GetVmName, VmBiosUuid, GetVmBiosUuid, VmLocationUuid, GetVmLocationUuid,
    ];
}
