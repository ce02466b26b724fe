using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>A property that has another value; one is shared by all who watch its object. What did not change below it is the same object in both.</summary>
internal sealed class ValueChange
{
    private readonly Lazy<ReferenceDelta?> references;

    public ValueChange(string name, object? old, object? value)
    {
        Name = name;
        Old = old;
        Value = value;
        references = new Lazy<ReferenceDelta?>(
            () => ReferenceDelta.Between(old as IReadOnlyList<ManagedObjectReference>, value as IReadOnlyList<ManagedObjectReference>));
    }

    /// <summary>A change of a list of references whose owner knows what has come and gone, and makes the list itself only when it is read.</summary>
    public ValueChange(string name, ReferenceDelta delta)
    {
        Name = name;
        references = new Lazy<ReferenceDelta?>(delta);
    }

    public string Name { get; }

    public object? Old { get; }

    public object? Value { get; }

    /// <summary>What has come into and gone from a list of references; null when the property is none, or nobody knows.</summary>
    public ReferenceDelta? References => references.Value;
}
