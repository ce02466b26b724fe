using System.Buffers.Binary;
using System.Net;
using System.Text;
using Vic.Guest.Linux;

namespace Vic.Guest.Network;

/// <summary>Configures links, addresses and routes through rtnetlink(7).</summary>
public sealed class RouteSocket : IDisposable
{
    private const int RouteProtocol = 0;
    private const ushort ErrorMessage = 2;
    private const ushort NewLink = 16;
    private const ushort NewAddress = 20;
    private const ushort DeleteAddress = 21;
    private const ushort NewRoute = 24;
    private const ushort RequestAcknowledged = 0x1 | 0x4;
    private const ushort CreateOrReplace = 0x400 | 0x100;
    private const int HeaderLength = 16;
    private const byte MainTable = 254;
    private const byte StaticProtocol = 4;
    private const byte UniversalScope = 0;
    private const byte LinkScope = 253;
    private const byte Unicast = 1;

    private readonly FileDescriptor _socket = new(LinuxException.Check(
        Libc.socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, RouteProtocol),
        "netlink socket"));
    private int _sequence;

    /// <summary>Switches a link on.</summary>
    public void SetUp(int link) => SetLink(link, flags: 1, change: 1, name: null);

    /// <summary>Renames a link that is down.</summary>
    public void Rename(int link, string name) => SetLink(link, flags: 0, change: 0, name);

    /// <summary>Adds an address to a link, or keeps it when it is there.</summary>
    public void AddAddress(int link, IPAddress address, int prefixLength) =>
        ChangeAddress(NewAddress, CreateOrReplace, link, address, prefixLength);

    /// <summary>Takes an address off a link.</summary>
    public void RemoveAddress(int link, IPAddress address, int prefixLength) =>
        ChangeAddress(DeleteAddress, 0, link, address, prefixLength);

    /// <summary>Adds or replaces a route; without a gateway the destination is on the link itself.</summary>
    public void AddRoute(int link, IPAddress destination, int prefixLength, IPAddress? gateway)
    {
        const ushort Destination = 1;
        const ushort OutputInterface = 4;
        const ushort Gateway = 5;
        var message = new NetlinkMessage(NewRoute, RequestAcknowledged | CreateOrReplace);
        message.Append(
        [
            Libc.AF_INET, (byte)prefixLength, 0, 0, MainTable, StaticProtocol, gateway is null ? LinkScope : UniversalScope, Unicast, 0, 0, 0, 0,
        ]);
        if (prefixLength > 0)
            message.AppendAttribute(Destination, destination.GetAddressBytes());
        message.AppendAttribute(OutputInterface, BitConverter.GetBytes(link));
        if (gateway is not null)
            message.AppendAttribute(Gateway, gateway.GetAddressBytes());
        Send(message, $"route to {destination}/{prefixLength}");
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private void SetLink(int link, int flags, int change, string? name)
    {
        const ushort InterfaceName = 3;
        var message = new NetlinkMessage(NewLink, RequestAcknowledged);
        message.Append([0, 0, 0, 0, .. BitConverter.GetBytes(link), .. BitConverter.GetBytes(flags), .. BitConverter.GetBytes(change)]);
        if (name is not null)
            message.AppendAttribute(InterfaceName, [.. Encoding.ASCII.GetBytes(name), 0]);
        Send(message, name is null ? $"link {link} up" : $"rename link {link} to {name}");
    }

    private void ChangeAddress(ushort type, ushort flags, int link, IPAddress address, int prefixLength)
    {
        const ushort Address = 1;
        const ushort LocalAddress = 2;
        var message = new NetlinkMessage(type, (ushort)(RequestAcknowledged | flags));
        message.Append([Libc.AF_INET, (byte)prefixLength, 0, UniversalScope, .. BitConverter.GetBytes(link)]);
        message.AppendAttribute(LocalAddress, address.GetAddressBytes());
        message.AppendAttribute(Address, address.GetAddressBytes());
        Send(message, $"address {address}/{prefixLength}");
    }

    private unsafe void Send(NetlinkMessage message, string operation)
    {
        var request = message.ToArray(++_sequence);
        fixed (byte* start = request)
            LinuxException.Check((int)Libc.write(_socket, start, request.Length), operation);

        Span<byte> reply = stackalloc byte[4096];
        while (true)
        {
            int length;
            fixed (byte* start = reply)
                length = LinuxException.Check((int)Libc.read(_socket, start, reply.Length), operation);
            if (length < HeaderLength + sizeof(int)
                || BinaryPrimitives.ReadUInt16LittleEndian(reply[4..]) != ErrorMessage
                || BinaryPrimitives.ReadInt32LittleEndian(reply[8..]) != _sequence)
                continue;
            var error = BinaryPrimitives.ReadInt32LittleEndian(reply[HeaderLength..]);
            if (error != 0)
                throw new LinuxException(operation, (Errno)(-error));
            return;
        }
    }
}
