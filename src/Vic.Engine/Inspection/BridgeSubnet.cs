using System.Globalization;
using Vic.Configuration;

namespace Vic.Engine.Inspection;

/// <summary>The addresses of a VCH's bridge network: the first part of its range, in which the endpoint has the first address.</summary>
internal sealed class BridgeSubnet
{
    // What an endpoint takes when its configuration does not say.
    private const uint DefaultStart = 0xAC10_0000;
    private const int DefaultPrefix = 16;
    private const int AddressBits = 32;

    private readonly uint _start;
    private readonly int _prefix;

    private BridgeSubnet(uint start, int prefix)
    {
        _start = start;
        _prefix = prefix;
    }

    /// <summary>The endpoint's address.</summary>
    public uint Gateway => _start + 1;

    /// <summary>The addresses that containers may have, from the highest down.</summary>
    public IEnumerable<uint> Hosts()
    {
        var broadcast = _start + (uint)((1UL << (AddressBits - _prefix)) - 1);
        for (var host = broadcast - 1; host > Gateway; host--)
        {
            yield return host;
        }
    }

    /// <summary>The first bridge network of a configuration.</summary>
    public static BridgeSubnet Of(NetworkConfiguration configuration) => new(
        configuration.BridgeRange is { Address.IsIPv4: true } range ? ToNumber(range.Address) : DefaultStart,
        configuration.BridgeNetworkMask?.PrefixLength ?? DefaultPrefix);

    /// <summary>An address as a number.</summary>
    public static uint ToNumber(GuestAddress address) => address.GetNetworkBytes().Aggregate(0U, (number, part) => (number << 8) | part);

    /// <summary>An address with the network's mask.</summary>
    public GuestNetwork Place(uint address) => GuestNetwork.Parse(Text(address));

    /// <inheritdoc/>
    public override string ToString() => Text(_start);

    private string Text(uint address) => string.Format(
        CultureInfo.InvariantCulture, "{0}.{1}.{2}.{3}/{4}", address >> 24, (address >> 16) & 0xFF, (address >> 8) & 0xFF, address & 0xFF, _prefix);
}
