using Vic.Vim25;

namespace Vic.Lab.Inventory.Tags;

/// <summary>Categories, tags, and which objects have them. Under the store's lock.</summary>
internal sealed class TagBook : IInventoryObserver
{
    private const int Limit = 10_000;

    private readonly InventoryStore store;
    private readonly Dictionary<string, TagCategory> categories = new(StringComparer.Ordinal);
    private readonly Dictionary<string, InventoryTag> tags = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<ManagedObjectReference>> attached = new(StringComparer.Ordinal);

    public TagBook(InventoryStore store)
    {
        this.store = store;
        store.AddObserver(this);
    }

    public IEnumerable<TagCategory> Categories => categories.Values;

    public IEnumerable<InventoryTag> Tags => tags.Values;

    /// <exception cref="TagException">There is no such category.</exception>
    public TagCategory Category(string id) => categories.GetValueOrDefault(id) ?? throw TagException.NotFound(id);

    /// <exception cref="TagException">There is no such tag.</exception>
    public InventoryTag Tag(string id) => tags.GetValueOrDefault(id) ?? throw TagException.NotFound(id);

    /// <exception cref="TagException">The name is empty or taken, or there are too many.</exception>
    public string AddCategory(string name, string description, bool isSingle, IReadOnlyList<string> types)
    {
        CheckName(name, categories.Values.Any(category => category.Name == name), categories.Count);
        var id = NewId("Category");
        categories[id] = new TagCategory(id, name, description, isSingle, types);
        return id;
    }

    /// <exception cref="TagException">The name is taken, or the change would leave tags that must not be.</exception>
    public void ChangeCategory(string id, string? name, string? description, bool? isSingle, IReadOnlyList<string>? types)
    {
        var old = Category(id);
        if (name is { Length: > 0 } && name != old.Name)
        {
            CheckName(name, categories.Values.Any(category => category.Name == name), 0);
        }

        if (isSingle == true && !old.IsSingle)
        {
            throw TagException.Invalid("A category of several tags does not become one of a single tag.");
        }

        if (types is not null && old.Types.Except(types).Any())
        {
            throw TagException.Invalid("Types can be added to a category, but not taken away.");
        }

        categories[id] = old with
        {
            Name = string.IsNullOrEmpty(name) ? old.Name : name,
            Description = description ?? old.Description,
            IsSingle = isSingle ?? old.IsSingle,
            Types = types ?? old.Types,
        };
    }

    /// <summary>Removes a category with its tags.</summary>
    public void RemoveCategory(string id)
    {
        Category(id);
        foreach (var tag in tags.Values.Where(tag => tag.Category == id).ToList())
        {
            RemoveTag(tag.Id);
        }

        categories.Remove(id);
    }

    /// <exception cref="TagException">There is no such category, or the name is empty or taken in it, or there are too many.</exception>
    public string AddTag(string category, string name, string description)
    {
        Category(category);
        CheckName(name, tags.Values.Any(tag => tag.Category == category && tag.Name == name), tags.Count);
        var id = NewId("Tag");
        tags[id] = new InventoryTag(id, category, name, description);
        attached[id] = [];
        return id;
    }

    /// <exception cref="TagException">The name is taken in the category.</exception>
    public void ChangeTag(string id, string? name, string? description)
    {
        var old = Tag(id);
        if (name is { Length: > 0 } && name != old.Name)
        {
            CheckName(name, tags.Values.Any(tag => tag.Category == old.Category && tag.Name == name), 0);
        }

        tags[id] = old with { Name = string.IsNullOrEmpty(name) ? old.Name : name, Description = description ?? old.Description };
    }

    public void RemoveTag(string id)
    {
        Tag(id);
        tags.Remove(id);
        attached.Remove(id);
    }

    /// <exception cref="TagException">There is no such object, or the category is not for it, or allows one tag and the object has one.</exception>
    public void Attach(string id, ManagedObjectReference reference)
    {
        var tag = Tag(id);
        var category = Category(tag.Category);
        if (!store.TryFind(reference, out _))
        {
            throw TagException.NotFound($"{reference.Type}:{reference.Value}");
        }

        if (category.Types.Count > 0 && !category.Types.Any(type => TypeHierarchy.Is(reference.Type, type)))
        {
            throw TagException.Invalid($"Tags of the category '{category.Name}' are not for {reference.Type}.");
        }

        if (category.IsSingle && Attached(reference).Any(other => other != tag && other.Category == category.Id))
        {
            throw TagException.Invalid($"The object has a tag of the category '{category.Name}' already, which allows one.");
        }

        attached[id].Add(reference);
    }

    public void Detach(string id, ManagedObjectReference reference)
    {
        Tag(id);
        attached[id].Remove(reference);
    }

    /// <summary>The objects that have a tag.</summary>
    public IReadOnlyCollection<ManagedObjectReference> Attached(string id)
    {
        Tag(id);
        return attached[id];
    }

    /// <summary>The tags of an object.</summary>
    public IEnumerable<InventoryTag> Attached(ManagedObjectReference reference) => tags.Values.Where(tag => attached[tag.Id].Contains(reference));

    public void Added(ManagedObject managedObject)
    {
    }

    public void Removed(ManagedObject managedObject)
    {
        foreach (var references in attached.Values)
        {
            references.Remove(managedObject.Reference);
        }
    }

    public void Moved(ManagedObject managedObject)
    {
    }

    private static void CheckName(string name, bool isTaken, int count)
    {
        if (name.Length is 0 or > 256)
        {
            throw TagException.Invalid("A name has 1 to 256 characters.");
        }

        if (isTaken)
        {
            throw TagException.AlreadyExists(name);
        }

        if (count >= Limit)
        {
            throw new TagException("resource_busy", "There are too many tags and categories.");
        }
    }

    private static string NewId(string kind) => $"urn:vmomi:InventoryService{kind}:{Guid.NewGuid().ToString("D")}:GLOBAL";
}
