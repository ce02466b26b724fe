using System.Buffers.Binary;
using System.Text;

namespace Vic.Guest.Rpc;

/// <summary>The adapters' addresses as VMware Tools report them: <c>GuestNicProto</c> version 3 in XDR (open-vm-tools, lib/guestRpc/nicinfo.x).</summary>
internal static class GuestNicReport
{
    private const int Version = 3;
    private const int MaximumAdapters = 16;
    private const int IPv4 = 1;
    private const int IPv6 = 2;
    private const int IPv4Length = 4;

    // Optional parts that are absent: an address's origin and status; an adapter's DNS, WINS and both DHCP; after the adapters, routes and the same four.
    private const int AddressRest = 2;
    private const int AdapterRest = 4;
    private const int ReportRest = 5;

    /// <summary>The report; adapters after the sixteenth do not fit.</summary>
    public static byte[] Encode(IReadOnlyList<GuestAdapter> adapters)
    {
        var report = new MemoryStream();
        Write(report, Version);
        Write(report, 1);
        Write(report, Math.Min(adapters.Count, MaximumAdapters));
        foreach (var adapter in adapters.Take(MaximumAdapters))
        {
            var hardware = Convert.ToHexStringLower(adapter.HardwareAddress).Chunk(2).Select(pair => new string(pair));
            Write(report, Encoding.ASCII.GetBytes(string.Join(':', hardware)));
            Write(report, adapter.Addresses.Count);
            foreach (var network in adapter.Addresses)
            {
                var address = network.Address.ToIPAddress().GetAddressBytes();
                Write(report, address.Length == IPv4Length ? IPv4 : IPv6);
                Write(report, address);
                Write(report, network.Mask.PrefixLength);
                Skip(report, AddressRest);
            }
            Skip(report, AdapterRest);
        }
        Skip(report, ReportRest);
        return report.ToArray();
    }

    private static void Skip(MemoryStream report, int parts)
    {
        for (; parts > 0; parts--)
            Write(report, 0);
    }

    private static void Write(MemoryStream report, int value)
    {
        Span<byte> word = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(word, value);
        report.Write(word);
    }

    private static void Write(MemoryStream report, byte[] opaque)
    {
        Write(report, opaque.Length);
        report.Write(opaque);

        // XDR fills up to whole words.
        report.Write(new byte[-opaque.Length & (sizeof(int) - 1)]);
    }
}
