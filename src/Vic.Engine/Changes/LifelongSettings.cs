using Vic.Engine.Deployment;
using Vic.Engine.Documents;
using Vic.Engine.Inventory;
using Vic.Engine.Requests;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>Refuses a configuration that asks for another place, another address or whatever else a VCH keeps as long as it exists.</summary>
internal sealed class LifelongSettings(VimClient client, PresentVch vch, CheckList checks)
{
    // What is not there is not what the VCH has either, and that is told already.
    private readonly CheckList _silent = new();

    /// <param name="document">The configuration; what it does not name is not looked at.</param>
    /// <param name="present">The VCH as it is.</param>
    /// <param name="wanted">The VCH as the configuration has it.</param>
    public void Check(VchConfiguration document, VchRequest present, VchRequest wanted)
    {
        var named = document.Options.Where(option => option.IsForLife).ToList();
        var normal = named.Count == 0 ? wanted : Normalize(wanted);
        foreach (var option in named)
        {
            var (has, asked) = (Text(option, present), Text(option, normal));
            if (has != asked)
            {
                checks.Fail(
                    option.Name,
                    $"'{vch.Name}' has {has}, the configuration asks for {asked}, and a VCH keeps that for life. Leave it out of the configuration, or deploy another VCH.");
            }
        }
    }

    // The same thing may be called by its name or its path, and an address be written in more than one way.
    private VchRequest Normalize(VchRequest request)
    {
        var names = new InventoryNames(vch.Inventory);
        var resolver = new InventoryResolver(vch.Inventory, _silent);
        var roles = new NetworkResolver(client, vch.Inventory, resolver, _silent, vch.Networks).ResolveRoles(request);
        var described = roles.Count == 3 ? DescribedRole.Describe(roles, names) : [request.Public, request.Client, request.Management];
        var place = new ComputeResolver(client, vch.Inventory, resolver, _silent).Resolve(request with { AsVApp = false });
        return request with
        {
            Datacenter = Named(resolver.One("Datacenter", "datacenter", request.Datacenter, vch.Inventory.OfType("Datacenter"))?.Name, request.Datacenter),
            Location = Named(place is null ? null : names.Location(place.ParentPool), request.Location),
            ImageStore = Named(resolver.One("Datastore", "datastore", request.ImageStore, vch.Datastores)?.Name, request.ImageStore),
            ImageStorePath = request.ImageStorePath.Trim('/'),
            BridgeNetwork = Bridge(request, names, resolver),
            BridgeNetworkRange = BridgeRange.Check(request.BridgeNetworkRange, request.BridgeNetworkWidth, _silent)?.Range.ToString() ?? request.BridgeNetworkRange,
            Public = described[0],
            Client = described[1],
            Management = described[2],
            AdvertisedAddress = request.AdvertisedAddress is { } advertised ? HostPort.TryParse(advertised)?.ToString() ?? advertised : null,
            TargetAddress = request.TargetAddress is { } target && HostPort.TryParse(target) is { } address
                ? EndpointTarget.Describe(new Uri($"https://{address.WithPort(443)}/sdk"), client.Server)
                : request.TargetAddress,
        };
    }

    // The bridge that has the VCH's name is the usual one.
    private InventorySelector? Bridge(VchRequest request, InventoryNames names, InventoryResolver resolver)
    {
        if (request.BridgeNetwork is null || resolver.One("BridgeNetwork", "network", request.BridgeNetwork, vch.Networks) is not { } bridge)
        {
            return request.BridgeNetwork;
        }

        return bridge.Name == vch.Name ? null : InventorySelector.ByName(names.Of(bridge));
    }

    private static InventorySelector? Named(string? name, InventorySelector? otherwise) => name is null ? otherwise : InventorySelector.ByName(name);

    private static string Text(VchOption option, VchRequest request) => option.Get(request) is { } value ? JsonWriter.WriteLine(value) : "its usual value";
}
