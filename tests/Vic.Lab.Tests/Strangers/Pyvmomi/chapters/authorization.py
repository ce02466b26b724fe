"""AuthorizationManager."""
from pyVmomi import vim, vmodl

from checks import contains, equal, expect, lacks, same
from sentences import sentence

READ_ONLY = ["System.Anonymous", "System.View", "System.Read"]


def manager(journey):
    return journey.content.authorizationManager


def roles(journey):
    return {role.name: role for role in manager(journey).roleList}


def add_role(journey, name="toured", privileges=("VirtualMachine.Interact.PowerOn",)):
    manager(journey).AddAuthorizationRole(name, list(privileges))
    role = roles(journey)[name]
    journey.later(drop_role, journey, name)
    return role


def drop_role(journey, name):
    if name in roles(journey):
        manager(journey).RemoveAuthorizationRole(roles(journey)[name].roleId, False)


def permission(journey, role, principal, group=False, propagate=True):
    return vim.AuthorizationManager.Permission(principal=principal, group=group, roleId=role.roleId, propagate=propagate)


def grant(journey, entity, role, principal):
    manager(journey).SetEntityPermissions(entity, [permission(journey, role, principal)])
    journey.later(revoke, journey, entity, principal)


def revoke(journey, entity, principal):
    if principal in [permission.principal for permission in manager(journey).RetrieveEntityPermissions(entity, False)]:
        manager(journey).RemoveEntityPermission(entity, principal, False)


@sentence
def a_server_has_its_own_roles(journey):
    for name in ("NoAccess", "Anonymous", "View", "ReadOnly", "Admin"):
        assert roles(journey)[name].system, name
    same(READ_ONLY, roles(journey)["ReadOnly"].privilege)


@sentence(simulator_differs="its list is empty")
def privileges_are_listed(journey):
    known = [privilege.privId for privilege in manager(journey).privilegeList]
    for privilege in ("System.Read", "VirtualMachine.Interact.PowerOn", "Datastore.FileManagement", "Global.Licenses"):
        contains(privilege, known)


@sentence
def a_role_is_added_with_what_every_role_has(journey):
    role = add_role(journey)
    assert not role.system
    for privilege in [*READ_ONLY, "VirtualMachine.Interact.PowerOn"]:
        contains(privilege, role.privilege)


@sentence(simulator_differs="it answers no role's id")
def the_id_of_a_new_role_is_answered(journey):
    number = manager(journey).AddAuthorizationRole("toured", [])
    journey.later(drop_role, journey, "toured")
    equal(roles(journey)["toured"].roleId, number)


@sentence
def a_second_role_of_a_name_is_refused(journey):
    add_role(journey)
    expect(vim.fault.AlreadyExists, manager(journey).AddAuthorizationRole, "toured", [])


@sentence
def a_privilege_that_is_none_is_refused(journey):
    expect(vmodl.fault.InvalidArgument, add_role, journey, privileges=["Nonsense.Privilege"])


@sentence
def a_role_is_changed(journey):
    role = add_role(journey)
    journey.later(drop_role, journey, "changed")
    manager(journey).UpdateAuthorizationRole(role.roleId, "changed", ["VirtualMachine.Interact.PowerOff"])
    lacks("toured", roles(journey))
    contains("VirtualMachine.Interact.PowerOff", roles(journey)["changed"].privilege)
    lacks("VirtualMachine.Interact.PowerOn", roles(journey)["changed"].privilege)


@sentence
def a_role_does_not_take_the_name_of_another(journey):
    role = add_role(journey)
    expect(vim.fault.AlreadyExists, manager(journey).UpdateAuthorizationRole, role.roleId, "Admin", [])


@sentence
def a_role_that_is_none_is_not_found(journey):
    expect(vim.fault.NotFound, manager(journey).UpdateAuthorizationRole, 4711, "none", [])
    expect(vim.fault.NotFound, manager(journey).RemoveAuthorizationRole, 4711, False)


@sentence
def a_role_is_removed(journey):
    role = add_role(journey)
    manager(journey).RemoveAuthorizationRole(role.roleId, True)
    lacks("toured", roles(journey))


@sentence(simulator_differs="it removes its own roles")
def the_servers_own_roles_stay(journey):
    expect((vim.fault.NotFound, vmodl.fault.InvalidArgument), manager(journey).RemoveAuthorizationRole, roles(journey)["ReadOnly"].roleId, False)


@sentence
def permissions_are_inherited(journey):
    own = {permission.principal for permission in manager(journey).RetrieveEntityPermissions(journey.content.rootFolder, False)}
    assert own
    assert own <= {permission.principal for permission in manager(journey).RetrieveEntityPermissions(journey.pool, True)}


@sentence(simulator_differs="it forgets without complaint what it never knew")
def a_permission_that_nobody_has_is_not_found(journey):
    expect(vim.fault.NotFound, manager(journey).RemoveEntityPermission, journey.datacenter, "nobody", False)


@sentence(simulator_differs="it grants any role")
def a_role_that_is_none_is_not_granted(journey):
    astray = vim.AuthorizationManager.Permission(principal="someone", group=False, roleId=4711, propagate=True)
    expect((vim.fault.NotFound, vmodl.fault.InvalidArgument), manager(journey).SetEntityPermissions, journey.datacenter, [astray])


@sentence
def the_administrator_may_do_everything(journey):
    asked = ["VirtualMachine.Interact.PowerOn", "Datastore.FileManagement"]
    key = journey.content.sessionManager.currentSession.key
    answer, = manager(journey).HasPrivilegeOnEntities([journey.datacenter], key, asked)
    equal((journey.datacenter, [(privilege, True) for privilege in asked]), (
        answer.entity, [(granted.privId, granted.isGranted) for granted in answer.privAvailability]))


@sentence
def the_privileges_of_a_user_are_fetched(journey):
    answer, = manager(journey).FetchUserPrivilegeOnEntities([journey.datacenter], journey.user)
    equal(journey.datacenter, answer.entity)
    contains("VirtualMachine.Interact.PowerOn", answer.privileges)


@sentence(simulator_differs="it removes a role that is granted")
def a_role_that_is_granted_is_kept_on_request(journey):
    role = add_role(journey)
    grant(journey, journey.datacenter, role, "someone")
    expect(vim.fault.RemoveFailed, manager(journey).RemoveAuthorizationRole, role.roleId, True)
    contains("toured", roles(journey))


@sentence
def a_permission_is_granted_and_revoked(journey):
    entity, role = journey.datacenter, add_role(journey)
    grant(journey, entity, role, "someone")
    granted, = manager(journey).RetrieveEntityPermissions(entity, False)
    equal(("someone", False, role.roleId, True), (granted.principal, granted.group, granted.roleId, granted.propagate))
    contains("someone", [permission.principal for permission in manager(journey).RetrieveAllPermissions()])
    manager(journey).RemoveEntityPermission(entity, "someone", False)
    equal([], list(manager(journey).RetrieveEntityPermissions(entity, False)))


@sentence(simulator_differs="it leaves the entity out")
def a_permission_tells_its_entity(journey):
    grant(journey, journey.datacenter, add_role(journey), "someone")
    granted, = manager(journey).RetrieveEntityPermissions(journey.datacenter, False)
    equal(journey.datacenter, granted.entity)


@sentence(simulator_differs="everybody may do everything")
def who_has_no_permission_has_no_privilege(journey):
    answer = manager(journey).FetchUserPrivilegeOnEntities([journey.datacenter], "someone")
    lacks("VirtualMachine.Interact.PowerOn", [privilege for granted in answer for privilege in granted.privileges])
