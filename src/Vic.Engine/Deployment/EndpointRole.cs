using Vic.Engine.Inventory;
using Vic.Engine.Validation;

namespace Vic.Engine.Deployment;

/// <summary>What the endpoint does on a network: it is the public, the client or the management side.</summary>
/// <param name="Name"><c>public</c>, <c>client</c> or <c>management</c>.</param>
/// <param name="Network">The port group.</param>
/// <param name="Switch">Its distributed switch, if it is on one.</param>
/// <param name="Address">The static address; null for DHCP.</param>
internal sealed record EndpointRole(string Name, InventoryEntity Network, InventoryEntity? Switch, EndpointAddress? Address);
