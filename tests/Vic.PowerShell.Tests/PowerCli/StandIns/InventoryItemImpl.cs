using VMware.Vim;

namespace VMware.VimAutomation.ViCore.Impl.V1.Inventory;

/// <summary>What PowerCLI's inventory objects share.</summary>
public abstract class InventoryItemImpl
{
    public string Name { get; init; } = "";

    public VIServerImpl Client { private get; init; } = null!;

    public ManagedObjectReference Reference { private get; init; } = null!;

    public string Id => $"{Reference.Type}-{Reference.Value}";

    public string Uid => $"{Client.Uid}{Kind}={Id}/";

    public EntityView ExtensionData => new(Reference, new VimClientImpl(Client.ServiceUri.AbsoluteUri));

    protected abstract string Kind { get; }

    public override string ToString() => Name;
}
