namespace Vic.Configuration;

/// <summary>The type and value of a vSphere managed object reference.</summary>
public sealed class ManagedObjectIdentity : IGuestInfoStructure
{
    /// <summary>The type, such as <c>ResourcePool</c>.</summary>
    public string Type { get; set; } = "";

    /// <summary>The value, such as <c>resgroup-1</c>.</summary>
    public string Value { get; set; } = "";

    void IGuestInfoStructure.Map(GuestInfoMapper map, GuestInfoKey key)
    {
        Type = map.Text(key.Child("Type"), Type);
        Value = map.Text(key.Child("Value"), Value);
    }
}
