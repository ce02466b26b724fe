using Vic.Lab.Api.Sessions;
using Vic.Lab.Inventory;
using Vic.Lab.Operations.Services;
using Vic.Lab.PropertyCollection.Views;
using Vic.Lab.Tasks;
using Vic.Vim25;

namespace Vic.Lab.Authorization;

/// <summary>What a session sees of the inventory through a property collector. Used under the store's lock.</summary>
internal sealed class SessionSight(LabWorld world, Session session)
{
    private readonly AccessControl access = world.Access;

    /// <summary>Counts whatever may change what is seen.</summary>
    public long Version => access.Version;

    /// <summary>What is seen may have changed.</summary>
    public event Action Changed
    {
        add => access.Changed += value;
        remove => access.Changed -= value;
    }

    private UserAccount User => session.Account;

    public bool CanSee(ManagedObject managedObject) => access.IsUnrestricted(User) || IsOwn(managedObject) || access.Has(User, managedObject, Privileges.View);

    /// <summary>The privilege that the session lacks to read a property; null when it may.</summary>
    public string? Lacks(ManagedObject managedObject, string property)
    {
        if (access.IsUnrestricted(User) || IsOwn(managedObject))
        {
            return null;
        }

        var privilege = PropertyPrivileges.Of(managedObject.Reference.Type, property);
        return access.Has(User, managedObject, privilege) ? null : privilege;
    }

    /// <summary>Reads a property as the session's user sees it.</summary>
    public object? Read(ManagedObject managedObject, string property) => (property, managedObject) switch
    {
        ("effectiveRole", Entity entity) => access.EffectiveRoles(User, entity),
        ("currentSession", _) => SessionViews.Of(session),
        ("viewList", _) => session.Objects.All.Where(item => item is ContainerViewObject or ListViewObject).Select(view => view.Reference).ToList(),
        ("sessionList", _) => world.Sessions.All.Select(SessionViews.Of).ToList(),
        ("view", _) when !access.IsUnrestricted(User) && managedObject.Read(property) is List<ManagedObjectReference> members
            => members.FindAll(member => world.Store.TryFind(member, out var found) && CanSee(found)),
        _ => managedObject.Read(property),
    };

    private bool IsOwn(ManagedObject managedObject)
        => session.Objects.Find(managedObject.Reference) is not null
            || (managedObject is VimTaskObject task && task.IsOf(session.UserName));
}
