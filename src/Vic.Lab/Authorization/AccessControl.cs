using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Authorization;

/// <summary>
/// Decides what users may do: the nearest permission above an object counts, a user's own before those of groups, and those of several groups
/// together ("vSphere Security: Hierarchical Inheritance of Permissions", "Multiple Permission Settings"). Used under the store's lock.
/// </summary>
internal sealed class AccessControl : IInventoryObserver
{
    private readonly InventoryStore store;
    private readonly ObjectOwnership ownership;
    private readonly Dictionary<UserAccount, Standing> standings = [];
    private long version;
    private Entity? root;

    /// <param name="store">The inventory.</param>
    /// <param name="accounts">The users and groups.</param>
    public AccessControl(InventoryStore store, UserAccounts accounts)
    {
        this.store = store;
        Accounts = accounts;
        ownership = new ObjectOwnership(store);
        Permissions = new PermissionBook(store);
        store.AddObserver(this);
    }

    public UserAccounts Accounts { get; }

    /// <summary>The root folder.</summary>
    public Entity Root => root ??= store.OfType<FolderEntity>().First(folder => folder.Parent is null);

    public RoleTable Roles { get; } = new();

    public PermissionBook Permissions { get; }

    /// <summary>Counts whatever may change what somebody may see.</summary>
    public long Version => version;

    /// <summary>Something has changed that decides what users may see.</summary>
    public event Action? Changed;

    /// <summary>Whether a user may do everything everywhere, so that nothing needs to be looked up.</summary>
    public bool IsUnrestricted(UserAccount user) => StandingOf(user).IsUnrestricted;

    /// <summary>Whether any permission is for the user or a group of it; whoever has none cannot log in.</summary>
    public bool HasAny(UserAccount user) => StandingOf(user).HasAny;

    public bool Has(UserAccount user, ManagedObject target, string privilege)
    {
        if (privilege == Privileges.Anonymous || IsUnrestricted(user))
        {
            return true;
        }

        var entity = EntityOf(target);
        return GrantOn(user, entity).Has(privilege) || (privilege == Privileges.View && StandingOf(user).Ancestors.Contains(entity.Reference));
    }

    /// <exception cref="VimFaultException">NoPermission, with the entity and the privilege.</exception>
    public void Demand(UserAccount user, ManagedObject target, string privilege)
    {
        if (!Has(user, target, privilege))
        {
            throw Faults.NoPermission(EntityOf(target).Reference, privilege);
        }
    }

    /// <summary>What a user may do with an entity.</summary>
    public Grant GrantOn(UserAccount user, Entity entity)
    {
        var subject = ownership.Subject(entity);
        return Match(user, subject, propagatedOnly: false) ?? Inherited(user, subject);
    }

    /// <summary>The roles of a user on an entity, as its <c>effectiveRole</c>.</summary>
    public List<int> EffectiveRoles(UserAccount user, Entity entity)
    {
        var roles = GrantOn(user, entity).Roles.Select(role => role.Id).ToList();
        return roles.Count == 0 && StandingOf(user).Ancestors.Contains(entity.Reference) ? [RoleTable.View] : roles;
    }

    /// <summary>The entity on which permissions for an entity are set; another one when the entity always has its parent's.</summary>
    public Entity Subject(Entity entity) => ownership.Subject(entity);

    /// <summary>The entities above an entity, from which it inherits permissions; nearest first.</summary>
    public IEnumerable<Entity> Above(Entity entity)
        => ownership.ParentsOf(entity).SelectMany(parent => Above(parent).Prepend(parent)).Distinct();

    /// <summary>Notes that permissions or roles have changed.</summary>
    public void NoteChange()
    {
        version++;
        standings.Clear();
        Changed?.Invoke();
    }

    public void Added(ManagedObject managedObject)
    {
    }

    public void Removed(ManagedObject managedObject)
    {
        if (managedObject is Entity && Permissions.Forget(managedObject.Reference))
        {
            NoteChange();
        }
    }

    public void Moved(ManagedObject managedObject) => NoteChange();

    private Entity EntityOf(ManagedObject target) => ownership.EntityOf(target) ?? Root;

    private Grant Inherited(UserAccount user, Entity entity)
    {
        var granted = Grant.None;
        foreach (var parent in ownership.ParentsOf(entity))
        {
            granted = granted.Union(Match(user, parent, propagatedOnly: true) ?? Inherited(user, parent));
        }

        return granted;
    }

    private Grant? Match(UserAccount user, Entity entity, bool propagatedOnly)
    {
        Grant? ofGroups = null;
        foreach (var permission in Permissions.On(entity.Reference))
        {
            if ((propagatedOnly && !permission.Propagates) || !user.Is(permission.Key, permission.IsGroup) || Roles.Find(permission.RoleId) is not { } role)
            {
                continue;
            }

            if (!permission.IsGroup)
            {
                return role.Grant;
            }

            ofGroups = ofGroups?.Union(role.Grant) ?? role.Grant;
        }

        return ofGroups;
    }

    private Standing StandingOf(UserAccount user)
    {
        if (!standings.TryGetValue(user, out var standing))
        {
            standings[user] = standing = MakeStanding(user);
        }

        return standing;
    }

    private Standing MakeStanding(UserAccount user)
    {
        var own = Permissions.All.Where(entry => user.Is(entry.Permission.Key, entry.Permission.IsGroup)).ToList();
        var ancestors = new HashSet<ManagedObjectReference>();
        foreach (var (reference, permission) in own)
        {
            if (store.Find<Entity>(reference) is { } entity && (Roles.Find(permission.RoleId)?.Has(Privileges.View) ?? false))
            {
                ancestors.UnionWith(Above(entity).Select(above => above.Reference));
            }
        }

        var isUnrestricted = own.TrueForAll(entry => entry.Permission.RoleId == RoleTable.Admin)
            && own.Exists(entry => entry.Entity == Root.Reference && entry.Permission.Propagates);
        return new Standing(own.Count > 0, isUnrestricted, ancestors);
    }

    /// <param name="HasAny">Whether there is a permission for the user.</param>
    /// <param name="IsUnrestricted">Whether all of them are the administrator's, down from the root.</param>
    /// <param name="Ancestors">What is above the entities that the user may see: the user sees the way there.</param>
    private sealed record Standing(bool HasAny, bool IsUnrestricted, HashSet<ManagedObjectReference> Ancestors);
}
