using System.Net;

namespace Vic.Endpoint.Networks;

/// <summary>The place of one container on the bridge network.</summary>
/// <param name="Address">The container's address.</param>
/// <param name="PrefixLength">The length of the network's prefix.</param>
/// <param name="Gateway">The endpoint's address on the network.</param>
/// <param name="DnsServers">The name servers that the container asks.</param>
public sealed record NetworkBinding(
    IPAddress Address, int PrefixLength, IPAddress Gateway, IReadOnlyList<IPAddress> DnsServers);
