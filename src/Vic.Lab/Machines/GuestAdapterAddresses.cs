namespace Vic.Lab.Machines;

/// <summary>The addresses that a guest reports for one adapter.</summary>
/// <param name="MacAddress">The adapter's MAC address, <c>00:50:56:..</c>.</param>
/// <param name="IPAddresses">Addresses without prefix lengths, in the guest's order.</param>
public sealed record GuestAdapterAddresses(string MacAddress, IReadOnlyList<string> IPAddresses);
