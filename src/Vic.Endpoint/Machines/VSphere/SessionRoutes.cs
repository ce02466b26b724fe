using Vic.Endpoint.Containers;
using Vic.Endpoint.Errors;

namespace Vic.Endpoint.Machines.VSphere;

/// <summary>The ways from a container's VM to the endpoint: over the bridge network, or by the VM's first serial port where there is none.</summary>
/// <param name="NetworkAddress">Where tethers connect on the bridge network, <c>address:port</c>; empty = every session goes by serial port.</param>
/// <param name="SerialProxy">
/// The endpoint's serial port concentrator as hosts dial it, <c>telnet://address:port</c>; empty when the endpoint has no management address.
/// </param>
public sealed record SessionRoutes(string NetworkAddress, string SerialProxy)
{
    /// <summary>Where a container's tether connects; empty = it speaks through its first serial port.</summary>
    public string AddressFor(ContainerRecord record) => ContainerMachineSpec.UsesBridge(record) ? NetworkAddress : "";

    /// <summary>The concentrator to which a container's first serial port leads; null for a port that carries no session.</summary>
    /// <exception cref="EngineException">The container could not be reached.</exception>
    public string? SerialProxyFor(ContainerRecord record)
    {
        if (AddressFor(record).Length > 0)
        {
            return null;
        }

        return SerialProxy.Length > 0
            ? SerialProxy
            : throw new EngineException(
                EngineErrorKind.Unavailable,
                "the endpoint has no address on the management network, so it cannot reach a container without a network; run it on the bridge network");
    }
}
