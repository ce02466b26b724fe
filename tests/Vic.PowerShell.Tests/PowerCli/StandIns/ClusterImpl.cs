namespace VMware.VimAutomation.ViCore.Impl.V1.Inventory;

public sealed class ClusterImpl : InventoryItemImpl
{
    protected override string Kind => "Cluster";
}
