using System.Net;
using System.Text;
using Vic.Lab.Machines;

namespace Vic.Lab.GuestRpc;

/// <summary>
/// The adapters' addresses as VMware Tools report them: GuestNicProto version 3 (open-vm-tools, lib/guestRpc/nicinfo.x), as far as
/// addresses go.
/// </summary>
internal static class GuestNicReport
{
    private const int Version3 = 3;
    private const int MaximumNics = 16;
    private const int MaximumAddresses = 2048;

    /// <summary>Reads the adapters.</summary>
    /// <exception cref="InvalidDataException">The report is malformed.</exception>
    public static IReadOnlyList<GuestAdapterAddresses> Parse(ReadOnlySpan<byte> data)
    {
        var reader = new XdrReader(data);
        if (reader.ReadUInt32() != Version3 || !reader.ReadPresence())
        {
            throw new InvalidDataException("only version 3 of the report is known");
        }

        var nics = new List<GuestAdapterAddresses>();
        for (var remaining = reader.ReadCount(MaximumNics); remaining > 0; remaining--)
        {
            nics.Add(ReadNic(ref reader));
        }

        return nics;
    }

    private static GuestAdapterAddresses ReadNic(ref XdrReader reader)
    {
        var mac = Encoding.ASCII.GetString(reader.ReadOpaque());
        var addresses = new List<string>();
        for (var remaining = reader.ReadCount(MaximumAddresses); remaining > 0; remaining--)
        {
            ReadAddress(ref reader, addresses);
        }

        SkipDns(ref reader);
        SkipWins(ref reader);
        SkipDhcp(ref reader);
        SkipDhcp(ref reader);
        return new GuestAdapterAddresses(mac, addresses);
    }

    private static void ReadAddress(ref XdrReader reader, List<string> addresses)
    {
        reader.ReadUInt32();
        var bytes = reader.ReadOpaque();
        if (bytes.Length is 4 or 16)
        {
            addresses.Add(new IPAddress(bytes).ToString());
        }

        reader.ReadUInt32();
        SkipOptionalWord(ref reader);
        SkipOptionalWord(ref reader);
    }

    private static void SkipOptionalWord(ref XdrReader reader)
    {
        if (reader.ReadPresence())
        {
            reader.ReadUInt32();
        }
    }

    private static void SkipAddress(ref XdrReader reader)
    {
        reader.ReadUInt32();
        reader.ReadOpaque();
    }

    private static void SkipDns(ref XdrReader reader)
    {
        if (!reader.ReadPresence())
        {
            return;
        }

        for (var names = 0; names < 2; names++)
        {
            if (reader.ReadPresence())
            {
                reader.ReadOpaque();
            }
        }

        for (var remaining = reader.ReadCount(MaximumAddresses); remaining > 0; remaining--)
        {
            SkipAddress(ref reader);
        }

        for (var remaining = reader.ReadCount(MaximumAddresses); remaining > 0; remaining--)
        {
            reader.ReadOpaque();
        }
    }

    private static void SkipWins(ref XdrReader reader)
    {
        if (reader.ReadPresence())
        {
            SkipAddress(ref reader);
            SkipAddress(ref reader);
        }
    }

    private static void SkipDhcp(ref XdrReader reader)
    {
        if (reader.ReadPresence())
        {
            reader.ReadUInt32();
            reader.ReadOpaque();
        }
    }
}
