using VMware.VimAutomation.ViCore.Impl.V1.Inventory;

namespace VMware.VimAutomation.ViCore.Impl.V1.VM;

public sealed class UniversalVirtualMachineImpl : InventoryItemImpl
{
    protected override string Kind => "VirtualMachine";
}
