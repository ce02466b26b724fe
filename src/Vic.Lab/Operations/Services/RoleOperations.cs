using Vic.Lab.Authorization;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.Services;

/// <summary>AuthorizationManager's roles.</summary>
internal sealed class RoleOperations(LabWorld world)
{
    public void AddTo(OperationTable table)
    {
        table.Add<AddAuthorizationRoleRequest, ServiceObject>((call, manager, request) =>
        {
            lock (world.Store.Gate)
            {
                var role = world.Access.Roles.Add(request.Name, request.PrivIds);
                Publish(manager);
                Post(call, new RoleAddedEvent { PrivilegeList = [.. role.Privileges] }, role, $"The role {role.Name} was created.");
                return role.Id;
            }
        });
        table.Add<UpdateAuthorizationRoleRequest, ServiceObject>(Update);
        table.Add<RemoveAuthorizationRoleRequest, ServiceObject>(Remove);
    }

    private object? Update(OperationCall call, ServiceObject manager, UpdateAuthorizationRoleRequest request)
    {
        lock (world.Store.Gate)
        {
            var old = world.Access.Roles.Get(request.RoleId);
            var role = world.Access.Roles.Update(request.RoleId, request.NewName, request.PrivIds);
            Publish(manager);
            Post(
                call,
                new RoleUpdatedEvent
                {
                    PrivilegeList = [.. role.Privileges],
                    PrevRoleName = old.Name,
                    PrivilegesAdded = [.. role.Privileges.Except(old.Privileges)],
                    PrivilegesRemoved = [.. old.Privileges.Except(role.Privileges)],
                },
                role,
                $"The role {role.Name} was changed.");
            return null;
        }
    }

    private object? Remove(OperationCall call, ServiceObject manager, RemoveAuthorizationRoleRequest request)
    {
        lock (world.Store.Gate)
        {
            var access = world.Access;
            var role = access.Roles.Get(request.RoleId);
            var used = access.Permissions.All.Where(entry => entry.Permission.RoleId == role.Id).ToList();
            if (request.FailIfUsed && used.Count > 0)
            {
                throw Faults.New(new RemoveFailed(), $"The role '{role.Name}' is in use: remove its {used.Count} permissions first.");
            }

            access.Roles.Remove(role.Id);
            used.ForEach(entry => access.Permissions.Remove(entry.Entity, entry.Permission));
            Publish(manager);
            Post(call, new RoleRemovedEvent(), role, $"The role {role.Name} was removed.");
            return null;
        }
    }

    private void Publish(ServiceObject manager)
    {
        manager.Write("roleList", world.Access.Roles.All.Select(role => role.ToDataObject()).ToList());
        world.Access.NoteChange();
    }

    private void Post(OperationCall call, RoleEvent occurred, Role role, string message)
    {
        occurred.Role = new RoleEventArgument { RoleId = role.Id, Name = role.Name };
        world.Events.Post(occurred, call.Session.UserName, message);
    }
}
