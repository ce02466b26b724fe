using Vic.Engine.Inventory;

namespace Vic.Engine.Deployment;

/// <summary>The port group that containers share.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Network">The port group; null when it has to be created first.</param>
/// <param name="Switch">Its distributed switch, if it is on one.</param>
internal sealed record BridgeNetwork(string Name, InventoryEntity? Network, InventoryEntity? Switch);
