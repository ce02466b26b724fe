"""VirtualMachine: clones, and moves between hosts, pools and datastores."""
from pyVmomi import vim, vmodl

from chapters.machines import added, devices, scsi, scsi_disk
from checks import contains, done, equal, expect_failed
from journey import remove
from sentences import sentence

Disk = vim.vm.device.VirtualDisk


def location(**where):
    return vim.vm.RelocateSpec(**where)


def clone(journey, machine, name, **specification):
    specification.setdefault("location", location(pool=journey.pool))
    spec = vim.vm.CloneSpec(powerOn=False, template=False, **specification)
    copy = done(machine.CloneVM_Task(journey.datacenter.vmFolder, name, spec))
    journey.later(remove, copy)
    return copy


@sentence(on="vcenter")
def a_machine_is_cloned(journey):
    machine = journey.create_machine("original", annotation="a note")
    copy = clone(journey, machine, "copy")
    equal(("copy", "poweredOff", journey.pool), (copy.name, copy.runtime.powerState, copy.resourcePool))
    equal(journey.path("copy/copy.vmx"), copy.config.files.vmPathName)
    assert copy.config.uuid != machine.config.uuid


@sentence(on="vcenter")
def a_clone_has_disks_of_its_own(journey):
    machine = journey.create_machine("original", devices=[added(scsi()), added(scsi_disk(), "create")])
    copy = clone(journey, machine, "copy")
    equal(journey.path("copy/copy.vmdk"), devices(copy, Disk)[0].backing.fileName)
    equal(1024, devices(copy, Disk)[0].capacityInKB)
    equal(200, journey.http("GET", "copy/copy.vmdk")[0])


@sentence(on="vcenter", simulator_differs="its clones forget the annotation")
def a_clone_keeps_the_configuration(journey):
    machine = journey.create_machine("original", annotation="a note", extraConfig=[vim.option.OptionValue(key="guestinfo.a", value="1")])
    copy = clone(journey, machine, "copy", config=vim.vm.ConfigSpec(numCPUs=2))
    equal(("a note", 2), (copy.config.annotation, copy.config.hardware.numCPU))
    contains(("guestinfo.a", "1"), [(option.key, option.value) for option in copy.config.extraConfig])


@sentence(on="vcenter", simulator_differs="it makes a second machine of the name")
def a_clone_needs_a_name_of_its_own(journey):
    machine = journey.create_machine("original")
    spec = vim.vm.CloneSpec(location=location(pool=journey.pool), powerOn=False, template=False)
    expect_failed(vim.fault.DuplicateName, machine.CloneVM_Task, journey.datacenter.vmFolder, "original", spec)


@sentence(on="vcenter", simulator_differs="its snapshots make no child disks")
def a_linked_clone_stands_on_the_snapshot(journey):
    machine = journey.create_machine("original", devices=[added(scsi()), added(scsi_disk(), "create")])
    base = devices(machine, Disk)[0].backing.fileName
    snapshot = done(machine.CreateSnapshot_Task("first", None, False, False))
    copy = clone(journey, machine, "copy", snapshot=snapshot, location=location(
        pool=journey.pool, diskMoveType="createNewChildDiskBacking"))
    equal(base, devices(copy, Disk)[0].backing.parent.fileName)


@sentence(on="vcenter", simulator_lacks="InstantClone_Task")
def a_running_machine_is_cloned_instantly(journey):
    machine = journey.create_machine("original")
    done(machine.PowerOnVM_Task())
    copy = done(machine.InstantClone_Task(vim.vm.InstantCloneSpec(name="copy", location=location())))
    journey.later(remove, copy)
    equal(("copy", "poweredOn"), (copy.name, copy.runtime.powerState))


@sentence(on="vcenter", simulator_lacks="InstantClone_Task")
def a_machine_that_is_off_is_not_cloned_instantly(journey):
    machine = journey.create_machine("original")
    expect_failed(vim.fault.InvalidPowerState, machine.InstantClone_Task, vim.vm.InstantCloneSpec(name="copy", location=location()))


@sentence(on="vcenter", simulator_lacks="MigrateVM_Task")
def a_running_machine_migrates_to_another_host(journey):
    machine = journey.create_machine("moved")
    done(machine.PowerOnVM_Task())
    target = next(host for host in journey.compute.host if host != machine.runtime.host)
    done(machine.MigrateVM_Task(None, target, "defaultPriority"))
    equal((target, "poweredOn"), (machine.runtime.host, machine.runtime.powerState))
    contains(machine, target.vm)


@sentence(on="vcenter", simulator_lacks="MigrateVM_Task")
def a_migration_is_told_the_power_state_it_expects(journey):
    machine = journey.create_machine("moved")
    target = next(host for host in journey.compute.host if host != machine.runtime.host)
    expect_failed(vim.fault.InvalidPowerState, machine.MigrateVM_Task, None, target, "defaultPriority", "poweredOn")


@sentence(on="vcenter")
def a_machine_is_relocated_to_another_host_and_pool(journey):
    machine, pool = journey.create_machine("moved"), journey.create_pool("target")
    target = next(host for host in journey.compute.host if host != machine.runtime.host)
    done(machine.RelocateVM_Task(location(host=target, pool=pool), "defaultPriority"))
    equal((target, pool), (machine.runtime.host, machine.resourcePool))


@sentence(on="vcenter", simulator_differs="it has one datastore only")
def a_machine_is_relocated_to_another_datastore(journey):
    machine = journey.create_machine("moved", devices=[added(scsi()), added(scsi_disk(), "create")])
    target = journey.host.datastore[1]
    done(machine.RelocateVM_Task(location(datastore=target), "defaultPriority"))
    equal("[%s] moved/moved.vmx" % target.name, machine.config.files.vmPathName)
    equal("[%s] moved/moved.vmdk" % target.name, devices(machine, Disk)[0].backing.fileName)
    equal([target], list(machine.datastore))
    equal(404, journey.http("GET", "moved/moved.vmdk")[0])


@sentence(simulator_differs="it breaks off the connection")
def a_host_that_is_none_takes_no_machine(journey):
    machine = journey.create_machine("moved")
    gone = vim.HostSystem("host-99999", journey.service._stub)
    expect_failed(vmodl.fault.ManagedObjectNotFound, machine.RelocateVM_Task, location(host=gone), "defaultPriority")
