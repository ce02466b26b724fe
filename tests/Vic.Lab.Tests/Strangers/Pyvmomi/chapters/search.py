"""SearchIndex."""
from pyVmomi import vim, vmodl

from checks import equal, expect
from sentences import sentence


def index(journey):
    return journey.content.searchIndex


@sentence
def an_entity_is_found_by_its_path(journey):
    datacenter = journey.datacenter
    equal(datacenter, index(journey).FindByInventoryPath(datacenter.name))
    equal(journey.compute, index(journey).FindByInventoryPath("%s/host/%s" % (datacenter.name, journey.compute.name)))
    equal(journey.datastore, index(journey).FindByInventoryPath("/%s/datastore/%s" % (datacenter.name, journey.datastore.name)))


@sentence
def a_path_that_leads_nowhere_finds_nothing(journey):
    equal(None, index(journey).FindByInventoryPath("/no/such/entity"))


@sentence
def a_child_is_found_by_its_name(journey):
    equal(journey.compute, index(journey).FindChild(journey.datacenter.hostFolder, journey.compute.name))
    equal(journey.pool, index(journey).FindChild(journey.compute, "Resources"))
    equal(None, index(journey).FindChild(journey.datacenter.hostFolder, "none"))


@sentence
def a_machine_is_found_by_both_its_uuids(journey):
    machine = journey.create_machine("sought")
    equal(machine, index(journey).FindByUuid(None, machine.config.uuid, True, False))
    equal(machine, index(journey).FindByUuid(journey.datacenter, machine.config.instanceUuid, True, True))
    equal(None, index(journey).FindByUuid(None, machine.config.instanceUuid, True, False))


@sentence(simulator_lacks="FindAllByUuid")
def all_machines_of_a_uuid_are_found(journey):
    machine = journey.create_machine("sought")
    equal([machine], list(index(journey).FindAllByUuid(None, machine.config.uuid, True, False)))
    equal([], list(index(journey).FindAllByUuid(None, "52000000-0000-0000-0000-000000000000", True, False)))


@sentence
def a_machine_is_found_by_the_path_of_its_file(journey):
    machine = journey.create_machine("sought")
    equal(machine, index(journey).FindByDatastorePath(journey.datacenter, machine.config.files.vmPathName))
    equal(None, index(journey).FindByDatastorePath(journey.datacenter, journey.path("none/none.vmx")))


@sentence
def an_address_that_nobody_has_finds_nothing(journey):
    equal(None, index(journey).FindByIp(None, "192.0.2.1", True))


@sentence
def a_name_that_nobody_has_finds_nothing(journey):
    equal(None, index(journey).FindByDnsName(None, "nobody.example.com", True))


@sentence(simulator_differs={"esx": "its host has no UUID"})
def a_host_is_found_by_its_uuid(journey):
    equal(journey.host, index(journey).FindByUuid(None, journey.host.hardware.systemInfo.uuid, False))


@sentence(simulator_differs="it finds by the hosts' addresses only")
def a_host_is_found_by_its_name(journey):
    equal(journey.host, index(journey).FindByDnsName(None, journey.host.name, False))


@sentence(simulator_differs="it ignores the datacenter")
def a_datacenter_that_is_none_cannot_be_searched(journey):
    gone = vim.Datacenter("datacenter-99999", journey.service._stub)
    expect(vmodl.fault.ManagedObjectNotFound, index(journey).FindByDatastorePath, gone, journey.path("none/none.vmx"))
