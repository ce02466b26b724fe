"""CustomFieldsManager, and the values of custom fields."""
from pyVmomi import vim

from checks import contains, equal, expect
from sentences import sentence


def add_field(journey, name, kind=vim.VirtualMachine):
    return journey.content.customFieldsManager.AddFieldDefinition(name, kind)


def values(machine):
    return [(value.key, value.value) for value in machine.customValue]


@sentence(on="esx")
def a_host_has_no_custom_fields(journey):
    equal(None, journey.content.customFieldsManager)
