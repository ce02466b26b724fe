using System.Net;
using System.Net.Sockets;
using Vic.Configuration;

namespace Vic.Engine.Validation;

/// <summary>A range of IPv4 addresses as users write it.</summary>
internal readonly record struct AddressRangeText(uint First, uint Last)
{
    /// <summary>Reads <c>a.b.c.d-e.f.g.h</c>, <c>a.b.c.d-h</c> or CIDR; null for anything else.</summary>
    public static AddressRangeText? TryParse(string text)
    {
        if (EndpointAddress.TryNetwork(text) is { } network)
        {
            var address = Number(network.Address.ToIPAddress());
            var host = network.Mask.PrefixLength == 32 ? 0 : uint.MaxValue >> network.Mask.PrefixLength;
            return new AddressRangeText(address & ~host, address | host);
        }

        var dash = text.IndexOf('-');
        if (dash < 0 || TryAddress(text.Substring(0, dash)) is not { } first)
        {
            return null;
        }

        // A last byte alone stands for an address beside the first.
        var end = text.Substring(dash + 1).Trim();
        var last = byte.TryParse(end, out var lastByte) ? (first & ~0xFFu) | lastByte : TryAddress(end);
        return last >= first ? new AddressRangeText(first, last.Value) : null;
    }

    public bool Overlaps(AddressRangeText other) => First <= other.Last && other.First <= Last;

    public bool IsIn(GuestNetwork network) => EndpointAddress.Contains(network, Address(First)) && EndpointAddress.Contains(network, Address(Last));

    public AddressRange ToConfiguration() => new() { First = GuestAddress.From(Address(First)), Last = GuestAddress.From(Address(Last)) };

    public override string ToString() => $"{Address(First)}-{Address(Last)}";

    private static uint? TryAddress(string text) =>
        IPAddress.TryParse(text.Trim(), out var address) && address.AddressFamily == AddressFamily.InterNetwork ? Number(address) : null;

    private static uint Number(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return ((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3];
    }

    private static IPAddress Address(uint number) => new([(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
}
