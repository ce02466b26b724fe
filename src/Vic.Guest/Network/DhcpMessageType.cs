namespace Vic.Guest.Network;

/// <summary>DHCP message types (RFC 2132, section 9.6).</summary>
public enum DhcpMessageType : byte
{
    /// <summary>Not DHCP.</summary>
    None = 0,

    /// <summary>The client looks for servers.</summary>
    Discover = 1,

    /// <summary>A server offers an address.</summary>
    Offer = 2,

    /// <summary>The client asks for an address.</summary>
    Request = 3,

    /// <summary>The server grants it.</summary>
    Acknowledge = 5,

    /// <summary>The server refuses it.</summary>
    Refuse = 6,
}
