using Vic.Vim25;

namespace Vic.Engine.Inventory;

/// <summary>One object of the inventory, with the properties that were read.</summary>
internal sealed class InventoryEntity
{
    private readonly ObjectProperties _properties;

    public InventoryEntity(ObjectProperties properties)
    {
        _properties = properties;

        // vSphere escapes the three characters that its paths give a meaning.
        Name = (Get<string>("name") ?? Reference.Value).Replace("%2f", "/").Replace("%5c", "\\").Replace("%25", "%");
    }

    public ManagedObjectReference Reference => _properties.Reference;

    public string Name { get; }

    public ManagedObjectReference? Parent => GetReference("parent");

    public T? Get<T>(string property)
        where T : class => _properties.Get<T>(property);

    public T? GetValue<T>(string property)
        where T : struct => _properties.GetValue<T>(property);

    public ManagedObjectReference? GetReference(string property) => GetValue<ManagedObjectReference>(property);

    public IReadOnlyList<ManagedObjectReference> GetReferences(string property) => Get<IReadOnlyList<ManagedObjectReference>>(property) ?? [];

    public override string ToString() => Name;
}
