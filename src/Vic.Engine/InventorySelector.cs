namespace Vic.Engine;

/// <summary>How the user named an object of the inventory: by name, or by managed object reference.</summary>
public sealed record InventorySelector
{
    private InventorySelector(string? name, string? type, string? value)
    {
        Name = name;
        Type = type;
        Value = value;
    }

    /// <summary>The name, or the path below the datacenter; wildcards allowed. May be null beside a reference.</summary>
    public string? Name { get; }

    /// <summary>The managed object type, for example <c>ClusterComputeResource</c>; null when only a name is known.</summary>
    public string? Type { get; }

    /// <summary>The managed object value, for example <c>domain-c7</c>; null when only a name is known.</summary>
    public string? Value { get; }

    /// <summary>Selects by name.</summary>
    public static InventorySelector ByName(string name) => new(name, null, null);

    /// <summary>Selects by reference; the name is for messages.</summary>
    public static InventorySelector ByReference(string type, string value, string? name = null) => new(name, type, value);

    /// <inheritdoc/>
    public override string ToString() => Name ?? $"{Type}-{Value}";
}
