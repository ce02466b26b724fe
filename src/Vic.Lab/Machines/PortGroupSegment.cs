namespace Vic.Lab.Machines;

/// <summary>One port group as a layer 2 segment.</summary>
/// <param name="Key">What <see cref="MachineNetworkAdapter.PortGroup"/> refers to.</param>
/// <param name="Name">The name that users see.</param>
/// <param name="Routed">Whether the NAT gateway is on it; at most one segment is routed.</param>
public sealed record PortGroupSegment(string Key, string Name, bool Routed);
