namespace Vic.Vim25;

/// <summary>What the schema says about a type of managed object.</summary>
/// <param name="name">The type's name on the wire.</param>
/// <param name="baseName">The name of the type that it derives from, or null.</param>
/// <param name="ownProperties">The properties that the type adds to its base.</param>
public sealed class ManagedTypeInfo(string name, string? baseName, IReadOnlyList<ManagedPropertyInfo> ownProperties)
{
    private Dictionary<string, ManagedPropertyInfo>? _properties;

    /// <summary>The type's name on the wire, for example <c>VirtualMachine</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The type that it derives from, or null.</summary>
    public ManagedTypeInfo? Base => baseName is null ? null : ManagedTypeCatalog.Find(baseName);

    /// <summary>All properties, inherited ones included, by name.</summary>
    public IReadOnlyDictionary<string, ManagedPropertyInfo> Properties => _properties ??= Collect();

    /// <summary>Is this the named type, or derived from it?</summary>
    public bool IsA(string typeName) => Name == typeName || typeName is "ManagedObject" || (Base?.IsA(typeName) ?? false);

    private Dictionary<string, ManagedPropertyInfo> Collect()
    {
        var all = new Dictionary<string, ManagedPropertyInfo>(StringComparer.Ordinal);
        for (ManagedTypeInfo? type = this; type is not null; type = type.Base)
        {
            foreach (ManagedPropertyInfo property in type.OwnProperties)
            {
                all[property.Name] = property;
            }
        }

        return all;
    }

    private IReadOnlyList<ManagedPropertyInfo> OwnProperties { get; } = ownProperties;
}
