using Vic.Endpoint.Containers;
using Vic.Endpoint.Containers.Exec;
using Vic.Endpoint.Events;
using Vic.Endpoint.Images;
using Vic.Endpoint.Limits;
using Vic.Endpoint.Machines;
using Vic.Endpoint.Networks;

namespace Vic.Endpoint.Api;

/// <summary>Everything that the routes of the API call.</summary>
/// <param name="Identity">Who this VCH is.</param>
/// <param name="Containers">The containers.</param>
/// <param name="Executions">Further processes in them.</param>
/// <param name="Images">The images.</param>
/// <param name="Bridge">The default network.</param>
/// <param name="Events">What happens.</param>
/// <param name="Host">The platform.</param>
/// <param name="Quota">How much may be stored.</param>
public sealed record Engine(
    EngineIdentity Identity,
    ContainerService Containers,
    ExecService Executions,
    IImageStore Images,
    BridgeNetwork Bridge,
    EventLog Events,
    IMachineHost Host,
    StorageQuota Quota)
{
    /// <summary>Joins the parts of an engine over a platform and an image store.</summary>
    public static Engine Create(EngineIdentity identity, IMachineHost host, IImageStore images, BridgeNetwork bridge, ILoggerFactory loggers)
    {
        var events = new EventLog();
        var quota = new StorageQuota(identity.Limits.StorageBytes, images, host);
        var containers = new ContainerService(new ContainerCatalog(identity.Limits.Containers), host, images, bridge, quota, events, loggers);
        return new Engine(identity, containers, new ExecService(containers.Events), images, bridge, events, host, quota);
    }
}
