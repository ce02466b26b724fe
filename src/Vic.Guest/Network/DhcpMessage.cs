using System.Buffers.Binary;
using System.Net;
using System.Numerics;
using System.Text;

namespace Vic.Guest.Network;

/// <summary>DHCP messages as bytes (RFC 2131, section 2; options of RFC 2132).</summary>
public static class DhcpMessage
{
    private const int OptionsOffset = 240;
    private const uint MagicCookie = 0x63825363;
    private const byte Ethernet = 1;
    private const byte BootRequest = 1;
    private const byte BootReply = 2;
    private const ushort BroadcastFlag = 0x8000;

    private const byte Pad = 0;
    private const byte SubnetMask = 1;
    private const byte Router = 3;
    private const byte DomainNameServer = 6;
    private const byte HostName = 12;
    private const byte RequestedAddress = 50;
    private const byte LeaseTime = 51;
    private const byte MessageType = 53;
    private const byte ServerIdentifier = 54;
    private const byte ParameterList = 55;
    private const byte End = 255;

    /// <summary>Encodes a client's message.</summary>
    /// <param name="type">Discover or request.</param>
    /// <param name="transaction">The number that the answer must repeat.</param>
    /// <param name="hardwareAddress">The client's MAC address.</param>
    /// <param name="hostName">The name that the server may register; empty for none.</param>
    /// <param name="offer">The offer that is accepted, or the lease that is renewed.</param>
    public static byte[] Encode(DhcpMessageType type, uint transaction, ReadOnlySpan<byte> hardwareAddress, string hostName, DhcpLease? offer)
    {
        var message = new List<byte>(new byte[OptionsOffset]);
        AddOption(message, MessageType, [(byte)type]);
        if (offer is not null)
        {
            AddOption(message, RequestedAddress, offer.Address.GetAddressBytes());
            AddOption(message, ServerIdentifier, offer.Server.GetAddressBytes());
        }
        if (hostName.Length is > 0 and <= 63)
            AddOption(message, HostName, Encoding.ASCII.GetBytes(hostName));
        AddOption(message, ParameterList, [SubnetMask, Router, DomainNameServer, LeaseTime, ServerIdentifier]);
        message.Add(End);

        var bytes = message.ToArray();
        bytes[0] = BootRequest;
        bytes[1] = Ethernet;
        bytes[2] = (byte)hardwareAddress.Length;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), transaction);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(10), BroadcastFlag);
        hardwareAddress.CopyTo(bytes.AsSpan(28));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(236), MagicCookie);
        return bytes;
    }

    /// <summary>Decodes a server's answer; null when it is none to this client, or malformed.</summary>
    public static (DhcpMessageType Type, DhcpLease Lease)? Decode(ReadOnlySpan<byte> bytes, uint transaction, ReadOnlySpan<byte> hardwareAddress)
    {
        if (bytes.Length < OptionsOffset
            || bytes[0] != BootReply
            || BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]) != transaction
            || BinaryPrimitives.ReadUInt32BigEndian(bytes[236..]) != MagicCookie
            || !bytes.Slice(28, hardwareAddress.Length).SequenceEqual(hardwareAddress))
            return null;

        var type = DhcpMessageType.None;
        var mask = uint.MaxValue;
        var duration = TimeSpan.FromHours(1);
        IPAddress? gateway = null, server = null;
        var nameServers = new List<IPAddress>();
        for (var options = bytes[OptionsOffset..]; !options.IsEmpty && options[0] != End;)
        {
            if (options[0] == Pad)
            {
                options = options[1..];
                continue;
            }
            if (options.Length < 2 || options.Length < 2 + options[1])
                return null;
            var value = options.Slice(2, options[1]);
            switch (options[0])
            {
                case MessageType when value.Length == 1:
                    type = (DhcpMessageType)value[0];
                    break;
                case SubnetMask when value.Length == 4:
                    mask = BinaryPrimitives.ReadUInt32BigEndian(value);
                    break;
                case Router when value.Length >= 4:
                    gateway = new IPAddress(value[..4]);
                    break;
                case DomainNameServer:
                    for (; value.Length >= 4; value = value[4..])
                        nameServers.Add(new IPAddress(value[..4]));
                    break;
                case LeaseTime when value.Length == 4:
                    duration = TimeSpan.FromSeconds(BinaryPrimitives.ReadUInt32BigEndian(value));
                    break;
                case ServerIdentifier when value.Length == 4:
                    server = new IPAddress(value);
                    break;
            }
            options = options[(2 + options[1])..];
        }

        return server is null
            ? null
            : (type, new DhcpLease(new IPAddress(bytes.Slice(16, 4)), BitOperations.PopCount(mask), gateway, nameServers, server, duration));
    }

    private static void AddOption(List<byte> message, byte option, ReadOnlySpan<byte> value)
    {
        message.Add(option);
        message.Add((byte)value.Length);
        message.AddRange(value);
    }
}
