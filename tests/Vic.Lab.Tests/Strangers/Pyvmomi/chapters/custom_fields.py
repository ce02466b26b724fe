"""CustomFieldsManager, and the values of custom fields."""
from pyVmomi import vim, vmodl

from checks import contains, equal, expect
from sentences import sentence


def add_field(journey, name, kind=vim.VirtualMachine):
    return journey.content.customFieldsManager.AddFieldDefinition(name, kind)


def values(machine):
    return [(value.key, value.value) for value in machine.customValue]


@sentence(on="esx")
def a_host_has_no_custom_fields(journey):
    equal(None, journey.content.customFieldsManager)


@sentence(on="vcenter")
def a_field_is_defined_for_a_type(journey):
    field = add_field(journey, "tour-owner")
    equal(("tour-owner", vim.VirtualMachine), (field.name, field.managedObjectType))
    contains(("tour-owner", field.key), [(known.name, known.key) for known in journey.content.customFieldsManager.field])


@sentence(on="vcenter")
def a_field_is_defined_once(journey):
    add_field(journey, "tour-once")
    expect(vim.fault.DuplicateName, add_field, journey, "tour-once")


@sentence(on="vcenter")
def a_field_of_a_machine_is_set(journey):
    field, machine = add_field(journey, "tour-set"), journey.create_machine("labelled")
    journey.content.customFieldsManager.SetField(machine, field.key, "me")
    contains((field.key, "me"), values(machine))


@sentence(on="vcenter")
def a_machine_sets_its_field_by_name(journey):
    field, machine = add_field(journey, "tour-named"), journey.create_machine("labelled")
    machine.SetCustomValue("tour-named", "us")
    contains((field.key, "us"), values(machine))


@sentence(on="vcenter")
def a_field_that_is_none_is_not_set(journey):
    machine = journey.create_machine("labelled")
    expect((vim.fault.NotFound, vmodl.fault.InvalidArgument), journey.content.customFieldsManager.SetField, machine, 4711, "me")
