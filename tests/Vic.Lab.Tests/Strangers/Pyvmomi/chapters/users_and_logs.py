"""UserDirectory and DiagnosticManager."""
from pyVmomi import vim, vmodl

from checks import contains, equal, expect
from sentences import sentence


def find(journey, text, exact=True, users=True, groups=True):
    return journey.content.userDirectory.RetrieveUserGroups(None, text, None, None, exact, users, groups)


@sentence(simulator_differs="it knows its own users")
def the_administrator_is_found(journey):
    name = journey.user.split("@")[0]
    found = find(journey, name)
    contains(name.lower(), [entry.principal.split("\\")[-1].lower() for entry in found])
    assert not found[0].group


@sentence
def a_part_of_a_name_finds_users(journey):
    everybody = find(journey, "", exact=False)
    assert everybody
    some = everybody[0].principal
    contains(some, [entry.principal for entry in find(journey, some[:3].lower(), exact=False)])


@sentence
def groups_are_told_from_users(journey):
    assert all(entry.group for entry in find(journey, "", exact=False, users=False))
    assert all(not entry.group for entry in find(journey, "", exact=False, groups=False))


@sentence
def who_is_unknown_is_not_found(journey):
    equal([], list(find(journey, "nobody-of-this-name")))
