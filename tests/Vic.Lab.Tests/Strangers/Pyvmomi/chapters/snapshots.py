"""VirtualMachineSnapshot, and the snapshots of a machine."""
from pyVmomi import vim, vmodl

from chapters.machines import added, devices, reconfigure, scsi, scsi_disk
from checks import done, equal, expect, expect_failed
from sentences import sentence

Disk = vim.vm.device.VirtualDisk


def take(machine, name):
    return done(machine.CreateSnapshot_Task(name, "of " + name, False, False))


@sentence
def a_snapshot_is_taken(journey):
    machine = journey.create_machine("toured")
    equal(None, machine.snapshot)
    snapshot = take(machine, "first")
    tree, = machine.snapshot.rootSnapshotList
    equal(("first", "of first", snapshot, machine), (tree.name, tree.description, tree.snapshot, tree.vm))
    equal(snapshot, machine.snapshot.currentSnapshot)
    equal("poweredOff", tree.state)


@sentence
def a_second_snapshot_is_the_childs_of_the_first(journey):
    machine = journey.create_machine("toured")
    first, second = take(machine, "first"), take(machine, "second")
    tree, = machine.snapshot.rootSnapshotList
    equal((first, [second]), (tree.snapshot, [child.snapshot for child in tree.childSnapshotList]))
    equal(second, machine.snapshot.currentSnapshot)


@sentence
def a_machine_goes_back_to_its_snapshot(journey):
    machine = journey.create_machine("toured")
    first, second = take(machine, "first"), take(machine, "second")
    done(first.RevertToSnapshot_Task())
    equal(first, machine.snapshot.currentSnapshot)
    third = take(machine, "third")
    tree, = machine.snapshot.rootSnapshotList
    equal([second, third], [child.snapshot for child in tree.childSnapshotList])


@sentence(simulator_differs="its snapshots do not keep the configuration")
def a_revert_brings_the_configuration_back(journey):
    machine = journey.create_machine("toured", annotation="before")
    first = take(machine, "first")
    reconfigure(machine, annotation="after", numCPUs=2)
    done(first.RevertToSnapshot_Task())
    equal(("before", 1), (machine.config.annotation, machine.config.hardware.numCPU))


@sentence(simulator_differs="its snapshots make no child disks")
def a_disk_under_a_snapshot_gets_a_child(journey):
    machine = journey.create_machine("toured", devices=[added(scsi()), added(scsi_disk(), "create")])
    base = devices(machine, Disk)[0].backing.fileName
    snapshot = take(machine, "first")
    backing = devices(machine, Disk)[0].backing
    assert backing.fileName != base, base
    equal(base, backing.parent.fileName)
    done(snapshot.RevertToSnapshot_Task())
    equal(base, devices(machine, Disk)[0].backing.parent.fileName)
    done(machine.RemoveAllSnapshots_Task())
    equal(None, devices(machine, Disk)[0].backing.parent)


@sentence
def a_removed_snapshot_leaves_its_children(journey):
    machine = journey.create_machine("toured")
    first, second = take(machine, "first"), take(machine, "second")
    done(first.RemoveSnapshot_Task(False))
    equal([second], [tree.snapshot for tree in machine.snapshot.rootSnapshotList])
    expect(vmodl.fault.ManagedObjectNotFound, first.RevertToSnapshot_Task)


@sentence
def a_snapshot_is_removed_with_its_children(journey):
    machine = journey.create_machine("toured")
    first, _ = take(machine, "first"), take(machine, "second")
    done(first.RemoveSnapshot_Task(True))
    equal(None, machine.snapshot)


@sentence
def all_snapshots_are_removed_at_once(journey):
    machine = journey.create_machine("toured")
    take(machine, "first")
    take(machine, "second")
    done(machine.RemoveAllSnapshots_Task())
    equal(None, machine.snapshot)


@sentence(simulator_lacks="RenameSnapshot")
def a_snapshot_is_renamed(journey):
    machine = journey.create_machine("toured")
    take(machine, "first").RenameSnapshot("renamed", "described")
    tree, = machine.snapshot.rootSnapshotList
    equal(("renamed", "described"), (tree.name, tree.description))


@sentence(simulator_lacks="ConsolidateVMDisks_Task")
def there_is_nothing_to_consolidate_without_snapshots(journey):
    machine = journey.create_machine("toured")
    done(machine.ConsolidateVMDisks_Task())
    assert not machine.runtime.consolidationNeeded


@sentence(simulator_differs="it reverts power no more than the configuration")
def a_machine_that_runs_is_off_after_the_revert_to_a_snapshot_without_memory(journey):
    machine = journey.create_machine("toured")
    first = take(machine, "first")
    done(machine.PowerOnVM_Task())
    done(first.RevertToSnapshot_Task())
    equal("poweredOff", machine.runtime.powerState)


@sentence(simulator_differs="it destroys snapshots without their machine")
def snapshots_go_with_their_machine(journey):
    machine = journey.create_machine("toured")
    first = take(machine, "first")
    done(machine.Destroy_Task())
    expect_failed(vmodl.fault.ManagedObjectNotFound, first.RevertToSnapshot_Task)


@sentence
def a_machine_goes_back_to_its_current_snapshot(journey):
    machine = journey.create_machine("toured")
    first = take(machine, "first")
    done(machine.RevertToCurrentSnapshot_Task())
    equal(first, machine.snapshot.currentSnapshot)


@sentence
def a_machine_without_snapshots_goes_nowhere(journey):
    machine = journey.create_machine("toured")
    expect_failed(vim.fault.NotFound, machine.RevertToCurrentSnapshot_Task)
