using VMware.VimAutomation.ViCore.Impl.V1.Inventory;

namespace VMware.VimAutomation.ViCore.Impl.V1.DatastoreManagement;

public sealed class VmfsDatastoreImpl : InventoryItemImpl
{
    protected override string Kind => "Datastore";
}
