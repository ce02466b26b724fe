using System.Globalization;

namespace Vic.Configuration;

/// <summary>An address and the mask of its network (Go's <c>net.IPNet</c>).</summary>
public sealed class GuestNetwork
{
    /// <summary>Creates a network.</summary>
    public GuestNetwork(GuestAddress address, GuestMask mask)
    {
        Address = address;
        Mask = mask;
    }

    /// <summary>The address: of a host in the network, or of the network itself.</summary>
    public GuestAddress Address { get; }

    /// <summary>The network's mask.</summary>
    public GuestMask Mask { get; }

    /// <summary>Reads <c>address/prefix</c>.</summary>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static GuestNetwork Parse(string text)
    {
        var slash = text.IndexOf('/');
        if (slash < 0 || !int.TryParse(text.Substring(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var prefix))
            throw new FormatException("An address with a prefix length was expected, such as 10.0.0.1/24.");
        var address = GuestAddress.Parse(text.Substring(0, slash));
        if (prefix > (address.IsIPv4 ? 32 : 128))
            throw new FormatException("The prefix is longer than the address.");
        return new GuestNetwork(address, address.IsIPv4 ? GuestMask.IPv4(prefix) : GuestMask.IPv6(prefix));
    }

    /// <inheritdoc/>
    public override string ToString() => Address + "/" + Mask.PrefixLength.ToString(CultureInfo.InvariantCulture);
}
