using System.Globalization;
using Vic.Configuration;
using Vic.Engine.Deployment;
using Vic.Engine.Inspection;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>
/// Makes of the configuration of an endpoint of vic-machine 1.5 one that our endpoint and PID 1 read. Keys and seals are the same; other are the services, the
/// bridge's address, which vic-machine leaves to a service, and the folder of image layers (vmware/vic, lib/install/validate/network.go and lib/portlayer/storage).
/// </summary>
internal static class VicMachineConversion
{
    /// <summary>
    /// The first form of the configuration that differs from the last one in nothing that we read (vmware/vic, lib/migration/feature: container creation times in
    /// nanoseconds; what came after it is the inventory folder).
    /// </summary>
    public const int OldestPluginVersion = 9;

    // Beside vic-machine's own, which its containers stand on, and which our endpoint would take for what no image needs.
    private const string LayerFolder = "layers";

    /// <summary>Checks whether the configuration can be converted.</summary>
    public static void Check(PresentVch vch, CheckList checks)
    {
        var configuration = vch.Info.Configuration;
        if (configuration.Executor.Version is not { PluginVersion: >= OldestPluginVersion })
        {
            checks.Fail("VCH", $"'{vch.Name}' was made by vic-machine '{vch.Info.Version}', whose configuration has an older form. Upgrade it with vic-machine 1.5 first.");
            return;
        }

        if (!HasBridgeCard(vch, configuration))
        {
            checks.Fail("VCH", $"'{vch.Name}' has no network card for its bridge network '{configuration.Network.BridgeNetwork}'.");
        }

        if (configuration.Storage.ImageStores.Count == 0)
        {
            checks.Fail("VCH", $"The configuration of '{vch.Name}' names no image store.");
        }

        if (configuration.Containers.ComputeResources.Count == 0)
        {
            checks.Fail("VCH", $"The configuration of '{vch.Name}' names no resource pool for containers.");
        }
    }

    /// <summary>Converts the configuration; its secrets must have been opened.</summary>
    public static void Apply(VirtualContainerHostConfiguration configuration, string name)
    {
        var executor = configuration.Executor;
        var proxies = ProxyVariables.Read([.. executor.Sessions.Values.SelectMany(session => session.Environment)]);
        executor.Sessions.Clear();
        EndpointConfiguration.AddService(executor);
        ProxyVariables.Replace(executor.Sessions[EndpointConfiguration.ServiceName].Environment, proxies);
        executor.Attach.Master = EndpointConfiguration.NewSessionMaster();
        executor.HostName = executor.HostName.Length > 0 ? executor.HostName : EndpointConfiguration.HostNameOf(name);
        var subnet = BridgeSubnet.Of(configuration.Network);
        var bridge = executor.Networks[configuration.Network.BridgeNetwork];
        bridge.Static = true;
        bridge.Address = subnet.Place(subnet.Gateway);
        configuration.Storage.LayerFolder = LayerFolder;
    }

    private static bool HasBridgeCard(PresentVch vch, VirtualContainerHostConfiguration configuration) =>
        configuration.Executor.Networks.TryGetValue(configuration.Network.BridgeNetwork, out var bridge)
        && int.TryParse(bridge.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var slot)
        && vch.Devices.OfType<VirtualEthernetCard>().Any(card => card.SlotInfo is VirtualDevicePciBusSlotInfo info && info.PciSlotNumber == slot);
}
