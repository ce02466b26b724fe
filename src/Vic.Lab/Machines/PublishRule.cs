namespace Vic.Lab.Machines;

/// <summary>A port of 127.0.0.1 that leads to a port of a guest on the routed network.</summary>
/// <param name="HostPort">The port on 127.0.0.1.</param>
/// <param name="GuestPort">The guest's port.</param>
/// <param name="MachineName">
/// The virtual machine meant; without one, the first machine that reports an address on the routed network and has no rule
/// for this guest port yet, until that machine is gone.
/// </param>
public sealed record PublishRule(int HostPort, int GuestPort, string? MachineName);
