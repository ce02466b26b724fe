using VMware.VimAutomation.ViCore.Impl.V1.Inventory;

namespace VMware.VimAutomation.Vds.Impl.V1;

public sealed class VmwareVDPortgroupImpl : InventoryItemImpl
{
    protected override string Kind => "DistributedPortGroup";
}
