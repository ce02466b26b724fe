using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Authorization;

/// <summary>Lets a call pass when its user has the privileges that the method demands. Used under the store's lock.</summary>
internal sealed class MethodGuard(LabWorld world)
{
    private readonly MethodPrivileges privileges = new(world);

    /// <exception cref="VimFaultException">NoPermission, with the object and the privilege.</exception>
    public void Check(UserAccount user, ManagedObject target, VimRequest request)
    {
        if (world.Access.IsUnrestricted(user))
        {
            return;
        }

        var demands = privileges.Of(request) ?? throw Faults.NoPermission(target.Reference, Privileges.Read);
        foreach (var demand in demands)
        {
            // A reference that leads nowhere, or to something of the session's own, is the operation's to judge.
            var on = demand.On == target.Reference ? target : world.Store.Find<ManagedObject>(demand.On);
            if (on is not null)
            {
                world.Access.Demand(user, on, demand.Privilege);
            }
        }
    }
}
