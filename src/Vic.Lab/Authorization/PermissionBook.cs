using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Authorization;

/// <summary>Which permission is on which entity. Used under the store's lock.</summary>
internal sealed class PermissionBook(InventoryStore store)
{
    private readonly Dictionary<ManagedObjectReference, List<PermissionEntry>> entries = [];

    /// <summary>Counts the changes.</summary>
    public long Version { get; private set; }

    public IEnumerable<(ManagedObjectReference Entity, PermissionEntry Permission)> All
        => entries.SelectMany(entry => entry.Value.Select(permission => (entry.Key, permission)));

    /// <summary>The permissions on an entity itself.</summary>
    public IReadOnlyList<PermissionEntry> On(ManagedObjectReference entity)
        => entries.TryGetValue(entity, out var list) ? list : [];

    public PermissionEntry? Find(ManagedObjectReference entity, string key, bool isGroup)
        => On(entity).FirstOrDefault(permission => permission.Key == key && permission.IsGroup == isGroup);

    /// <summary>Sets a permission in place of the one that its principal had on the entity.</summary>
    public void Set(ManagedObjectReference entity, PermissionEntry permission)
    {
        if (!entries.TryGetValue(entity, out var list))
        {
            entries[entity] = list = [];
        }

        list.RemoveAll(other => other.Key == permission.Key && other.IsGroup == permission.IsGroup);
        list.Add(permission);
        Changed(entity);
    }

    public void Remove(ManagedObjectReference entity, PermissionEntry permission)
    {
        if (entries.TryGetValue(entity, out var list) && list.Remove(permission))
        {
            if (list.Count == 0)
            {
                entries.Remove(entity);
            }

            Changed(entity);
        }
    }

    /// <summary>Forgets the permissions of an entity that is gone.</summary>
    public bool Forget(ManagedObjectReference entity)
    {
        if (!entries.Remove(entity))
        {
            return false;
        }

        Version++;
        return true;
    }

    private void Changed(ManagedObjectReference entity)
    {
        Version++;
        store.Find<Entity>(entity)?.Write("permission", On(entity).Select(permission => permission.ToDataObject(entity)).ToList());
    }
}
