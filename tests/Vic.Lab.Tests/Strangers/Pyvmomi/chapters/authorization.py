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
