namespace Vic.Lab.Machines;

/// <summary>What a guest's tools report about it.</summary>
/// <param name="HostName">Host name, or null.</param>
/// <param name="Addresses">The addresses of each adapter.</param>
public sealed record GuestIdentity(string? HostName, IReadOnlyList<GuestAdapterAddresses> Addresses);
