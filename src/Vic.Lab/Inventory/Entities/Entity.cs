using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>A managed entity: it has a name and a place in the inventory's tree.</summary>
internal abstract class Entity : ManagedObject
{
    protected Entity(ManagedObjectReference reference, string name, ManagedObjectReference? parent)
        : base(reference)
    {
        Write("name", name);
        Write("parent", parent);
        Write("recentTask", new List<ManagedObjectReference>());
        Write("declaredAlarmState", null);
        Write("triggeredAlarmState", null);
        Write("alarmActionsEnabled", true);
        Write("configIssue", null);
        Write("configStatus", ManagedEntityStatus.Green);
        Write("overallStatus", ManagedEntityStatus.Green);
        Write("customValue", null);
        Write("value", null);
        Write("availableField", null);
        Write("tag", null);
        Write("permission", null);
        Write("effectiveRole", new List<int> { -1 });
        Write("disabledMethod", new List<string>());
    }

    public string Name
    {
        get => (string)Read("name")!;
        set => Write("name", value);
    }

    public ManagedObjectReference? Parent
    {
        get => (ManagedObjectReference?)Read("parent");
        set => Write("parent", value);
    }

    /// <summary>The references in a property that holds a list of them.</summary>
    public IReadOnlyList<ManagedObjectReference> References(string property)
        => Read<List<ManagedObjectReference>>(property) ?? [];

    public void AddReference(string property, ManagedObjectReference reference)
    {
        var references = References(property);
        if (!references.Contains(reference))
        {
            Write(property, new List<ManagedObjectReference>(references) { reference });
        }
    }

    public void RemoveReference(string property, ManagedObjectReference reference)
    {
        var references = References(property);
        if (references.Contains(reference))
        {
            Write(property, references.Where(other => other != reference).ToList());
        }
    }
}
