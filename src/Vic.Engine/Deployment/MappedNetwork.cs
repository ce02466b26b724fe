using Vic.Configuration;
using Vic.Engine.Inventory;

namespace Vic.Engine.Deployment;

/// <summary>A port group that containers may join directly, checked.</summary>
/// <param name="Network">The port group.</param>
/// <param name="Configuration">What the endpoint is told of it.</param>
internal sealed record MappedNetwork(InventoryEntity Network, ContainerNetwork Configuration);
