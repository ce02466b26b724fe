"""Folder, Datacenter and what every managed entity can do."""
from pyVmomi import vim, vmodl

from checks import contains, done, equal, expect, expect_failed, lacks
from journey import destroy
from sentences import sentence


def create(journey, name, parent=None):
    folder = (parent or journey.datacenter.vmFolder).CreateFolder(name)
    journey.later(destroy, folder)
    return folder


@sentence(on="vcenter")
def a_folder_takes_its_parents_kind(journey):
    folder = create(journey, "made")
    equal(("made", journey.datacenter.vmFolder), (folder.name, folder.parent))
    equal(list(journey.datacenter.vmFolder.childType), list(folder.childType))
    contains(folder, journey.datacenter.vmFolder.childEntity)


@sentence(on="vcenter")
def a_second_folder_of_a_name_is_refused(journey):
    create(journey, "made")
    equal("made", expect(vim.fault.DuplicateName, journey.datacenter.vmFolder.CreateFolder, "made").name)


@sentence(on="vcenter", simulator_differs="it takes any name")
def a_name_that_is_too_long_is_refused(journey):
    expect(vim.fault.InvalidName, journey.datacenter.vmFolder.CreateFolder, "x" * 81)
    expect(vim.fault.InvalidName, journey.datacenter.vmFolder.CreateFolder, "")


@sentence(on="esx")
def a_host_has_the_folders_it_came_with(journey):
    expect((vmodl.fault.NotSupported, vmodl.fault.MethodNotFound), journey.datacenter.vmFolder.CreateFolder, "made")


@sentence(on="vcenter")
def a_machine_moves_into_a_folder(journey):
    folder, machine = create(journey, "made"), journey.create_machine("moved")
    done(folder.MoveIntoFolder_Task([machine]))
    equal(folder, machine.parent)
    contains(machine, folder.childEntity)
    lacks(machine, journey.datacenter.vmFolder.childEntity)


@sentence(on="vcenter")
def what_does_not_belong_into_a_folder_is_not_moved_there(journey):
    folder = create(journey, "made")
    expect_failed(vmodl.fault.NotSupported, folder.MoveIntoFolder_Task, [journey.host])


@sentence(on="vcenter", simulator_differs="it moves a folder below itself and loses both")
def a_folder_does_not_move_below_itself(journey):
    outer = create(journey, "made")
    inner = create(journey, "inner", outer)
    expect_failed((vmodl.fault.InvalidArgument, vim.fault.InvalidFolder), inner.MoveIntoFolder_Task, [outer])
    equal(journey.datacenter.vmFolder, outer.parent)


@sentence(on="vcenter")
def a_machine_is_created_in_a_folder(journey):
    folder = create(journey, "made")
    equal(folder, journey.create_machine("inside", folder=folder).parent)


@sentence(on="vcenter")
def a_folder_is_renamed(journey):
    folder = create(journey, "made")
    done(folder.Rename_Task("renamed"))
    equal("renamed", folder.name)


@sentence(on="vcenter", simulator_differs="it says InvalidArgument; Rename_Task is documented to say DuplicateName")
def a_rename_to_a_name_that_is_taken_is_refused(journey):
    folder, _ = create(journey, "made"), create(journey, "other")
    expect_failed(vim.fault.DuplicateName, folder.Rename_Task, "other")


@sentence(on="vcenter", simulator_differs="it forgets the machines' parent and keeps them")
def a_folder_is_destroyed_with_its_machines(journey):
    folder = create(journey, "made")
    machine = journey.create_machine("inside", folder=folder)
    done(folder.Destroy_Task())
    expect(vmodl.fault.ManagedObjectNotFound, lambda: folder.name)
    expect(vmodl.fault.ManagedObjectNotFound, lambda: machine.name)


@sentence(on="vcenter", simulator_differs="it breaks off the connection")
def the_folders_of_a_datacenter_stay(journey):
    expect_failed((vmodl.fault.NotSupported, vmodl.fault.InvalidArgument, vim.fault.InvalidState), journey.datacenter.vmFolder.Destroy_Task)
    equal("vm", journey.datacenter.vmFolder.name)


@sentence(on="vcenter", simulator_differs="it creates machines in any folder")
def machines_are_created_in_folders_of_machines_only(journey):
    expect(vmodl.fault.NotSupported, journey.create_machine, "astray", folder=journey.datacenter.hostFolder)


@sentence(on="vcenter")
def a_datacenter_belongs_into_a_folder_of_datacenters(journey):
    expect(vmodl.fault.NotSupported, journey.datacenter.vmFolder.CreateDatacenter, "astray")


@sentence(on="vcenter")
def a_second_cluster_of_a_name_is_refused(journey):
    expect(vim.fault.DuplicateName, journey.datacenter.hostFolder.CreateClusterEx, journey.compute.name, vim.cluster.ConfigSpecEx())
