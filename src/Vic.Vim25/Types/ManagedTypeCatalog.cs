namespace Vic.Vim25;

/// <summary>The types of managed objects that the schema declares.</summary>
public static partial class ManagedTypeCatalog
{
    private static readonly Lazy<Dictionary<string, ManagedTypeInfo>> ByName =
        new(() => CreateAll().ToDictionary(type => type.Name, StringComparer.Ordinal));

    /// <summary>All types.</summary>
    public static IReadOnlyCollection<ManagedTypeInfo> All => ByName.Value.Values;

    /// <summary>The type with this name, or null.</summary>
    public static ManagedTypeInfo? Find(string name) => ByName.Value.TryGetValue(name, out ManagedTypeInfo? type) ? type : null;
}
