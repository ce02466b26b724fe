using Vic.Configuration;

namespace Vic.Guest.Rpc;

/// <summary>A network card with its addresses, as the host is told of it.</summary>
/// <param name="HardwareAddress">The six-byte MAC address.</param>
/// <param name="Addresses">The addresses with their networks' masks.</param>
public sealed record GuestAdapter(byte[] HardwareAddress, IReadOnlyList<GuestNetwork> Addresses);
