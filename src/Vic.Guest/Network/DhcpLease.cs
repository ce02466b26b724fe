using System.Net;

namespace Vic.Guest.Network;

/// <summary>An address and what comes with it.</summary>
/// <param name="Address">The client's address.</param>
/// <param name="PrefixLength">Bits of the network part.</param>
/// <param name="Gateway">The first router, or null.</param>
/// <param name="NameServers">DNS servers.</param>
/// <param name="Server">The DHCP server.</param>
/// <param name="Duration">How long the address is ours.</param>
public sealed record DhcpLease(
    IPAddress Address,
    int PrefixLength,
    IPAddress? Gateway,
    IReadOnlyList<IPAddress> NameServers,
    IPAddress Server,
    TimeSpan Duration);
