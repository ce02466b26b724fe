using Vic.Lab.Authorization;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.Services;

/// <summary>AuthorizationManager's permissions, and what users may do by them.</summary>
internal sealed class PermissionOperations(LabWorld world)
{
    private readonly AccessControl access = world.Access;

    public void AddTo(OperationTable table)
    {
        table.Add<SetEntityPermissionsRequest, ServiceObject>(Set);
        table.Add<RemoveEntityPermissionRequest, ServiceObject>(Remove);
        table.Add<RetrieveEntityPermissionsRequest, ServiceObject>((_, _, request) =>
        {
            lock (world.Store.Gate)
            {
                return Retrieve(world.Get<Entity>(request.Entity), request.Inherited);
            }
        });
        table.Add<RetrieveAllPermissionsRequest, ServiceObject>((_, _, _) =>
        {
            lock (world.Store.Gate)
            {
                return access.Permissions.All.Select(entry => entry.Permission.ToDataObject(entry.Entity)).ToList();
            }
        });
        table.Add<HasPrivilegeOnEntitiesRequest, ServiceObject>((_, _, request) => HasPrivilege(request));
        table.Add<FetchUserPrivilegeOnEntitiesRequest, ServiceObject>((_, _, request) => Fetch(request));
    }

    private object? Set(OperationCall call, ServiceObject manager, SetEntityPermissionsRequest request)
    {
        lock (world.Store.Gate)
        {
            var entity = PermissibleEntity(request.Entity);
            foreach (var permission in request.Permission ?? [])
            {
                Set(call, entity, permission);
            }

            return null;
        }
    }

    private void Set(OperationCall call, Entity entity, Permission permission)
    {
        var role = access.Roles.Get(permission.RoleId);
        if (role.Id is RoleTable.View or RoleTable.Anonymous)
        {
            throw Faults.InvalidArgument("permission.roleId", $"The role {role.Name} cannot be granted.");
        }

        if (!access.Accounts.Exists(permission.Principal, permission.Group))
        {
            throw Faults.UserNotFound(permission.Principal);
        }

        var entry = new PermissionEntry(
            permission.Principal, Key(permission.Principal), permission.Group, permission.RoleId, permission.Propagate);
        var old = access.Permissions.Find(entity.Reference, entry.Key, entry.IsGroup);
        if (old is not null)
        {
            CheckAdministratorStays(entity, old, entry);
        }

        access.Permissions.Set(entity.Reference, entry);
        access.NoteChange();
        PermissionEvent occurred = old is null
            ? new PermissionAddedEvent { Role = Argument(role), Propagate = entry.Propagates }
            : new PermissionUpdatedEvent
            {
                Role = Argument(role),
                Propagate = entry.Propagates,
                PrevRole = access.Roles.Find(old.RoleId) is { } before ? Argument(before) : null,
                PrevPropagate = old.Propagates,
            };
        Post(call, occurred, entity, entry, $"The permission of {entry.Principal} on {entity.Name} is now {role.Name}.");
    }

    private object? Remove(OperationCall call, ServiceObject manager, RemoveEntityPermissionRequest request)
    {
        lock (world.Store.Gate)
        {
            var entity = PermissibleEntity(request.Entity);
            var entry = access.Permissions.Find(entity.Reference, Key(request.User), request.IsGroup)
                ?? throw Faults.NotFound($"A permission of {request.User} on {entity.Name}");
            CheckAdministratorStays(entity, entry, null);
            access.Permissions.Remove(entity.Reference, entry);
            access.NoteChange();
            Post(call, new PermissionRemovedEvent(), entity, entry, $"The permission of {entry.Principal} on {entity.Name} was removed.");
            return null;
        }
    }

    /// <summary>The permissions of an entity and, when asked for, those that come down to it; the nearest of each principal.</summary>
    private List<Permission> Retrieve(Entity entity, bool inherited)
    {
        var subject = access.Subject(entity);
        var found = access.Permissions.On(subject.Reference).Select(permission => (Entity: subject.Reference, Permission: permission)).ToList();
        if (inherited)
        {
            foreach (var above in access.Above(subject))
            {
                found.AddRange(access.Permissions.On(above.Reference)
                    .Where(permission => permission.Propagates
                        && !found.Exists(nearer => nearer.Permission.Key == permission.Key && nearer.Permission.IsGroup == permission.IsGroup))
                    .Select(permission => (above.Reference, permission)));
            }
        }

        return [.. found.Select(entry => entry.Permission.ToDataObject(entry.Entity))];
    }

    private List<EntityPrivilege> HasPrivilege(HasPrivilegeOnEntitiesRequest request)
    {
        var session = world.Sessions.All.FirstOrDefault(session => session.Key == request.SessionId)
            ?? throw Faults.InvalidArgument("sessionId", "There is no such session.");
        lock (world.Store.Gate)
        {
            return [.. request.Entity.Select(world.Get<Entity>).Select(entity => new EntityPrivilege
            {
                Entity = entity.Reference,
                PrivAvailability = [.. (request.PrivId ?? []).Select(privilege => new PrivilegeAvailability
                {
                    PrivId = privilege,
                    IsGranted = access.Has(session.Account, entity, privilege),
                })],
            })];
        }
    }

    private List<UserPrivilegeResult> Fetch(FetchUserPrivilegeOnEntitiesRequest request)
    {
        var user = access.Accounts.Find(request.UserName) ?? throw Faults.UserNotFound(request.UserName);
        lock (world.Store.Gate)
        {
            return [.. request.Entities.Select(world.Get<Entity>).Select(entity => new UserPrivilegeResult
            {
                Entity = entity.Reference,
                Privileges = [.. access.GrantOn(user, entity).Privileges],
            })];
        }
    }

    private Entity PermissibleEntity(ManagedObjectReference reference)
    {
        var entity = world.Get<Entity>(reference);
        return access.Subject(entity) == entity
            ? entity
            : throw Faults.InvalidArgument("entity", $"'{entity.Name}' always has the permissions of '{access.Subject(entity).Name}': set them there.");
    }

    /// <exception cref="VimFaultException">Nobody would be left who may do everything.</exception>
    private void CheckAdministratorStays(Entity entity, PermissionEntry old, PermissionEntry? replacement)
    {
        if (entity == access.Root
            && IsAdministrator(old)
            && (replacement is null || !IsAdministrator(replacement))
            && !access.Permissions.On(entity.Reference).Any(other => other != old && IsAdministrator(other)))
        {
            throw Faults.New(new AuthMinimumAdminPermission(), "Somebody must remain administrator of the root folder.");
        }
    }

    private static bool IsAdministrator(PermissionEntry permission) => permission is { RoleId: RoleTable.Admin, Propagates: true };

    private string Key(string principal) => PrincipalName.Key(principal, access.Accounts.Domain);

    private static RoleEventArgument Argument(Role role) => new() { RoleId = role.Id, Name = role.Name };

    private void Post(OperationCall call, PermissionEvent occurred, Entity entity, PermissionEntry permission, string message)
    {
        occurred.Entity = new ManagedEntityEventArgument { Name = entity.Name, Entity = entity.Reference };
        occurred.Principal = permission.Principal;
        occurred.Group = permission.IsGroup;
        world.Events.Post(occurred, call.Session.UserName, message, entity);
    }
}
