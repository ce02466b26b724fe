using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>A folder.</summary>
internal class FolderEntity : Entity
{
    public FolderEntity(ManagedObjectReference reference, string name, ManagedObjectReference? parent, IReadOnlyList<string> childTypes)
        : base(reference, name, parent)
    {
        Write("childType", childTypes.ToList());
        Write("childEntity", new List<ManagedObjectReference>());
    }

    public IReadOnlyList<string> ChildTypes => Read<List<string>>("childType")!;

    public IReadOnlyList<ManagedObjectReference> Children => References("childEntity");

    /// <summary>Whether an entity of a type may be in this folder.</summary>
    public bool Accepts(string type) => ChildTypes.Any(accepted => TypeHierarchy.Is(type, accepted));
}
