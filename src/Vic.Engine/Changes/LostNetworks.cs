using Vic.Configuration;
using Vic.Engine.Inspection;
using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>Tells before an update which containers of vic-machine's endpoint will be reached less: ours forwards no ports, and serves no bridge network beside the default one.</summary>
internal sealed class LostNetworks(VimClient client)
{
    private const string BridgeType = "bridge";

    /// <summary>Names the containers in warnings; there is none without such containers.</summary>
    public async Task WarnAsync(PresentVch vch, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var containers = (await new ContainerInventory(client).ListAsync(progress, cancellationToken).ConfigureAwait(false))
            .Where(container => container.HostReference == vch.Reference).ToList();
        Warn(
            containers.Where(container => container.Networks.TryGetValue(BridgePlace.NetworkName, out var bridge) && bridge.Ports.Count > 0),
            "These containers publish ports, which the new endpoint does not forward");
        Warn(
            containers.Where(container => container.Networks.Any(network => network.Key != BridgePlace.NetworkName && network.Value.Network.Type == BridgeType)),
            "These containers are on bridge networks of their own, for which the new endpoint is no gateway");

        void Warn(IEnumerable<ContainerVmInfo> concerned, string text)
        {
            var names = concerned.Select(container => container.Name).ToList();
            if (names.Count > 0)
            {
                progress.Report(StepProgress.Warning($"{text}: {string.Join(", ", names)}."));
            }
        }
    }
}
