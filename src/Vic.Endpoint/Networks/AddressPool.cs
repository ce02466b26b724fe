using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Vic.Endpoint.Errors;

namespace Vic.Endpoint.Networks;

/// <summary>The host addresses of an IPv4 subnet; the network's and the broadcast address are never given.</summary>
public sealed class AddressPool
{
    private readonly uint _first;
    private readonly uint _last;
    private readonly HashSet<uint> _taken = [];
    private uint _next;

    /// <summary>Makes the pool of a subnet of at least two hosts.</summary>
    public AddressPool(IPNetwork subnet)
    {
        if (subnet.BaseAddress.AddressFamily != AddressFamily.InterNetwork || subnet.PrefixLength > 30)
        {
            throw new ArgumentException($"{subnet} is not an IPv4 subnet with room for hosts", nameof(subnet));
        }

        var start = ToNumber(subnet.BaseAddress);
        var count = subnet.PrefixLength == 0 ? uint.MaxValue : (uint)((1UL << (32 - subnet.PrefixLength)) - 1);
        _first = start + 1;
        _last = start + count - 1;
        _next = _first;
    }

    /// <summary>Takes the next free address, going round, so that an address just given back is not given again at once.</summary>
    public IPAddress Reserve()
    {
        for (var tried = 0UL; tried <= _last - (ulong)_first; tried++)
        {
            var candidate = _next;
            _next = _next == _last ? _first : _next + 1;
            if (_taken.Add(candidate))
            {
                return ToAddress(candidate);
            }
        }

        throw new EngineException(EngineErrorKind.Forbidden, "no available IPv4 addresses on this network's address pools: bridge");
    }

    /// <summary>Takes a certain address; false when it is taken or not of this subnet.</summary>
    public bool TryReserve(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetwork)
        {
            return false;
        }

        var number = ToNumber(address);
        return number >= _first && number <= _last && _taken.Add(number);
    }

    /// <summary>Gives an address back.</summary>
    public void Release(IPAddress address) => _taken.Remove(ToNumber(address));

    private static uint ToNumber(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[4];
        address.TryWriteBytes(bytes, out _);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    private static IPAddress ToAddress(uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new IPAddress(bytes);
    }
}
