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


@sentence(simulator_lacks="BrowseDiagnosticLog")
def a_log_that_is_none_is_not_read(journey):
    expect((vmodl.fault.InvalidArgument, vim.fault.CannotAccessFile), journey.content.diagnosticManager.BrowseDiagnosticLog, None, "none", 1, 1)


@sentence(simulator_lacks="QueryDescriptions")
def logs_are_described(journey):
    assert all(log.key and log.fileName for log in journey.content.diagnosticManager.QueryDescriptions(None))


@sentence(simulator_lacks="QueryDescriptions")
def a_log_is_read_from_a_line_on(journey):
    log = journey.content.diagnosticManager.QueryDescriptions(None)[0]
    header = journey.content.diagnosticManager.BrowseDiagnosticLog(None, log.key, 1, 1)
    equal((1, 1), (header.lineStart, len(header.lineText)))
