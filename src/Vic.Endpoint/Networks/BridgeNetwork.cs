using System.Net;
using Vic.Endpoint.Api.Models;
using Vic.Endpoint.Containers;
using Vic.Endpoint.Errors;

namespace Vic.Endpoint.Networks;

/// <summary>The default bridge network: which addresses exist, and who has which.</summary>
public sealed class BridgeNetwork
{
    private readonly Lock _gate = new();
    private readonly AddressPool _pool;
    private readonly Dictionary<string, IPAddress> _addresses = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<IPAddress> _dnsServers;

    /// <summary>Makes the network of a subnet; the endpoint itself has the first address.</summary>
    public BridgeNetwork(string id, IPNetwork subnet, IReadOnlyList<IPAddress> dnsServers)
    {
        Id = id;
        Subnet = subnet;
        _pool = new AddressPool(subnet);
        Gateway = _pool.Reserve();
        _dnsServers = dnsServers;
    }

    /// <summary>The network's id, 64 hexadecimal digits.</summary>
    public string Id { get; }

    /// <summary>Its addresses.</summary>
    public IPNetwork Subnet { get; }

    /// <summary>The endpoint's address on it.</summary>
    public IPAddress Gateway { get; }

    /// <summary>Refuses network options that a VCH does not have.</summary>
    public void Check(HostConfig asked)
    {
        foreach (var server in asked.Dns ?? [])
        {
            if (!IPAddress.TryParse(server, out _))
            {
                throw EngineException.InvalidParameter($"{server} is not an ip address");
            }
        }

        switch (asked.NetworkMode)
        {
            case "" or "default" or "bridge" or "none":
                return;
            case "host":
                throw EngineException.InvalidParameter("--network host is not supported: a container is a virtual machine with its own network.");
            case var shared when shared.StartsWith("container:", StringComparison.Ordinal):
                throw EngineException.InvalidParameter("--network container: is not supported: a container is a virtual machine with its own network.");
            default:
                // With "not found" clients would pull the image and ask again.
                throw EngineException.InvalidParameter($"network {asked.NetworkMode} not found");
        }
    }

    /// <summary>Gives a container its address; null when it wants no network. A container keeps its address until it is released.</summary>
    public NetworkBinding? Bind(ContainerRecord record)
    {
        if (!IsJoinedBy(record))
        {
            return null;
        }

        lock (_gate)
        {
            if (!_addresses.TryGetValue(record.Id, out var address))
            {
                address = _pool.Reserve();
                _addresses.Add(record.Id, address);
            }

            return Describe(record, address);
        }
    }

    /// <summary>Whether a container is to have an address.</summary>
    public static bool IsJoinedBy(ContainerRecord record) => record.HostConfig.NetworkMode != "none" && record.Config.NetworkDisabled != true;

    /// <summary>Takes back the address that a container found running uses; null when it is another's by now, or none of this network.</summary>
    public NetworkBinding? Restore(ContainerRecord record, IPAddress address)
    {
        lock (_gate)
        {
            if (_addresses.TryGetValue(record.Id, out var own) ? !own.Equals(address) : !_pool.TryReserve(address))
            {
                return null;
            }

            _addresses[record.Id] = address;
            return Describe(record, address);
        }
    }

    /// <summary>Gives a container's address back.</summary>
    public void Release(string containerId)
    {
        lock (_gate)
        {
            if (_addresses.Remove(containerId, out var address))
            {
                _pool.Release(address);
            }
        }
    }

    private NetworkBinding Describe(ContainerRecord record, IPAddress address)
    {
        var asked = record.HostConfig.Dns is { Count: > 0 } dns ? dns.ConvertAll(IPAddress.Parse) : _dnsServers;
        return new NetworkBinding(address, Subnet.PrefixLength, Gateway, asked);
    }
}
