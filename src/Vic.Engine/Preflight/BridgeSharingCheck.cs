using Vic.Engine.Deployment;
using Vic.Engine.Inspection;
using Vic.Engine.Inventory;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Preflight;

/// <summary>Whether the endpoint of another VCH is on the bridge port group: where their ranges overlap, both give out the same addresses.</summary>
internal static class BridgeSharingCheck
{
    public static async Task CheckAsync(VimClient client, VchPlan plan, CheckList checks, CancellationToken cancellationToken)
    {
        checks.Begin("BridgeSharing");
        if (plan.Bridge.Network is { } bridge)
        {
            await CompareAsync(client, plan, bridge, checks, cancellationToken).ConfigureAwait(false);
        }

        checks.Pass($"No other VCH has addresses of the same range on '{plan.Bridge.Name}'.");
    }

    private static async Task CompareAsync(VimClient client, VchPlan plan, InventoryEntity bridge, CheckList checks, CancellationToken cancellationToken)
    {
        var machines = await client.GetPropertyAsync<IReadOnlyList<ManagedObjectReference>>(bridge.Reference, "vm", cancellationToken).ConfigureAwait(false);
        var own = AddressRangeText.TryParse(plan.BridgeRange.Range.ToString());
        foreach (var machine in await client.RetrieveAsync(machines ?? [], ["name", "config.extraConfig"], cancellationToken).ConfigureAwait(false))
        {
            var neighbour = new InventoryEntity(machine);
            if (neighbour.Name == plan.Request.Name || MachineInventory.ReadHost(neighbour, MachineInventory.Keys(neighbour)) is not { } host)
            {
                continue;
            }

            var range = host.Network.BridgeRange?.ToString() ?? BridgeRange.Default;
            if (AddressRangeText.TryParse(range) is { } theirs && own?.Overlaps(theirs) == true)
            {
                checks.Warn(
                    $"VCH '{neighbour.Name}' has '{bridge}' for its bridge network too, with addresses of {range}: two containers may get the same one.",
                    "Give each VCH a port group of its own, or this one a -BridgeNetworkRange that does not overlap.");
            }
        }
    }
}
