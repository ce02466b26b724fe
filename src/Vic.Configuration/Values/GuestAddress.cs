using System.Net;

namespace Vic.Configuration;

/// <summary>
/// An IP address that remembers whether it was stored in 4 or in 16 bytes: Go stores most IPv4 addresses mapped into IPv6, and a
/// configuration that is read and written again stays as it was.
/// </summary>
public sealed class GuestAddress : IEquatable<GuestAddress>
{
    private const int MappedPrefixLength = 12;

    private readonly byte[] bytes;

    private GuestAddress(byte[] bytes) => this.bytes = bytes;

    /// <summary>Whether this is an IPv4 address, mapped or not.</summary>
    public bool IsIPv4
    {
        get
        {
            if (bytes.Length == 4)
                return true;
            for (var i = 0; i < MappedPrefixLength; i++)
            {
                if (bytes[i] != (i < 10 ? 0 : 0xFF))
                    return false;
            }

            return true;
        }
    }

    /// <summary>The stored form of an address: 16 bytes, as Go's <c>net.ParseIP</c> gives.</summary>
    public static GuestAddress From(IPAddress address) => FromShort(address.GetAddressBytes()).ToLongForm();

    /// <summary>Reads an IPv4 or IPv6 address in text form.</summary>
    /// <exception cref="FormatException">The text is not an address.</exception>
    public static GuestAddress Parse(string text) => From(IPAddress.Parse(text));

    /// <summary>An address from its 4 or 16 bytes; null for any other number of bytes.</summary>
    public static GuestAddress? TryFromBytes(byte[] bytes) =>
        bytes.Length is 4 or 16 ? new GuestAddress((byte[])bytes.Clone()) : null;

    /// <summary>The bytes as stored: 4 or 16.</summary>
    public byte[] GetBytes() => (byte[])bytes.Clone();

    /// <summary>The bytes as a network stack wants them: 4 for IPv4, 16 for IPv6.</summary>
    public byte[] GetNetworkBytes()
    {
        if (bytes.Length == 4 || !IsIPv4)
            return GetBytes();
        var result = new byte[4];
        Buffer.BlockCopy(bytes, MappedPrefixLength, result, 0, 4);
        return result;
    }

    /// <summary>The address without its stored form.</summary>
    public IPAddress ToIPAddress() => new(GetNetworkBytes());

    /// <summary>The same address stored in 4 bytes if it is IPv4, as Go's <c>net.ParseCIDR</c> gives for a network.</summary>
    public GuestAddress ToShortForm() => new(GetNetworkBytes());

    /// <inheritdoc/>
    public override string ToString()
    {
        var network = GetNetworkBytes();
        return network.Length == 4 ? $"{network[0]}.{network[1]}.{network[2]}.{network[3]}" : ToIPAddress().ToString();
    }

    /// <summary>Whether both are the same address; the stored form does not count.</summary>
    public bool Equals(GuestAddress? other)
    {
        if (other is null)
            return false;
        byte[] left = GetNetworkBytes(), right = other.GetNetworkBytes();
        if (left.Length != right.Length)
            return false;
        for (var i = 0; i < left.Length; i++)
        {
            if (left[i] != right[i])
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GuestAddress);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = 17;
        foreach (var value in GetNetworkBytes())
            hash = unchecked((hash * 31) + value);
        return hash;
    }

    private static GuestAddress FromShort(byte[] bytes) => new(bytes);

    private GuestAddress ToLongForm()
    {
        if (bytes.Length == 16)
            return this;
        var result = new byte[16];
        result[10] = result[11] = 0xFF;
        Buffer.BlockCopy(bytes, 0, result, MappedPrefixLength, 4);
        return new GuestAddress(result);
    }
}
