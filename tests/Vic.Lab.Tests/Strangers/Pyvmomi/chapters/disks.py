"""VirtualDiskManager."""
from pyVmomi import vim, vmodl

from chapters.machines import added, reconfigure, scsi, scsi_disk, devices
from checks import done, equal, expect, expect_failed
from sentences import sentence


def manager(journey):
    return journey.content.virtualDiskManager


def spec(kilobytes=1024):
    return vim.VirtualDiskManager.FileBackedVirtualDiskSpec(diskType="thin", adapterType="lsiLogic", capacityKb=kilobytes)


def directory(journey, name="disks"):
    path = journey.path(name)
    journey.content.fileManager.MakeDirectory(path, journey.datacenter, False)
    journey.later(lambda: done(journey.content.fileManager.DeleteDatastoreFile_Task(path, journey.datacenter)))
    return path


def create(journey, path):
    return done(manager(journey).CreateVirtualDisk_Task(path, journey.datacenter, spec()))


def delete(journey, path):
    return done(manager(journey).DeleteVirtualDisk_Task(path, journey.datacenter))


def uuid(journey, path):
    return manager(journey).QueryVirtualDiskUuid(path, journey.datacenter)


@sentence
def a_disk_is_created_and_deleted(journey):
    path = directory(journey) + "/a.vmdk"
    create(journey, path)
    equal(200, journey.http("GET", "disks/a.vmdk")[0])
    delete(journey, path)
    equal(404, journey.http("GET", "disks/a.vmdk")[0])


@sentence
def a_disk_is_created_once(journey):
    path = directory(journey) + "/a.vmdk"
    create(journey, path)
    expect_failed(vim.fault.FileAlreadyExists, manager(journey).CreateVirtualDisk_Task, path, journey.datacenter, spec())


@sentence
def a_disk_that_is_not_there_cannot_be_deleted(journey):
    path = directory(journey) + "/none.vmdk"
    expect_failed(vim.fault.FileNotFound, manager(journey).DeleteVirtualDisk_Task, path, journey.datacenter)


@sentence
def a_disk_needs_a_place(journey):
    expect_failed(vim.fault.InvalidDatastorePath, manager(journey).CreateVirtualDisk_Task, "no/path.vmdk", journey.datacenter, spec())
    expect_failed(vim.fault.InvalidDatastore, manager(journey).CreateVirtualDisk_Task, "[none] a.vmdk", journey.datacenter, spec())
    expect_failed(vim.fault.FileFault, manager(journey).CreateVirtualDisk_Task, journey.path("none/a.vmdk"), journey.datacenter, spec())


@sentence
def a_disk_has_a_uuid(journey):
    folder = directory(journey)
    create(journey, folder + "/a.vmdk")
    create(journey, folder + "/b.vmdk")
    assert uuid(journey, folder + "/a.vmdk") != uuid(journey, folder + "/b.vmdk")
    expect(vim.fault.FileFault, uuid, journey, folder + "/none.vmdk")


@sentence
def a_disk_is_copied(journey):
    folder = directory(journey)
    create(journey, folder + "/a.vmdk")
    done(manager(journey).CopyVirtualDisk_Task(folder + "/a.vmdk", journey.datacenter, folder + "/b.vmdk", journey.datacenter, None, False))
    equal([200, 200], [journey.http("GET", "disks/%s.vmdk" % name)[0] for name in "ab"])


@sentence
def a_disk_is_moved(journey):
    folder = directory(journey)
    create(journey, folder + "/a.vmdk")
    done(manager(journey).MoveVirtualDisk_Task(folder + "/a.vmdk", journey.datacenter, folder + "/b.vmdk", journey.datacenter, False))
    equal([404, 200], [journey.http("GET", "disks/%s.vmdk" % name)[0] for name in "ab"])
    expect_failed(
        vim.fault.FileNotFound, manager(journey).MoveVirtualDisk_Task,
        folder + "/a.vmdk", journey.datacenter, folder + "/c.vmdk", journey.datacenter, False)


@sentence(simulator_differs="its disks have no parents")
def a_disk_under_a_child_cannot_be_deleted(journey):
    folder = directory(journey)
    create(journey, folder + "/base.vmdk")
    parent = vim.vm.device.VirtualDisk.FlatVer2BackingInfo(fileName=folder + "/base.vmdk", diskMode="persistent")
    child = scsi_disk(file_name=folder + "/child.vmdk", parent=parent)
    machine = journey.create_machine("linked", devices=[added(scsi()), added(child, "create")])
    disk, = devices(machine, vim.vm.device.VirtualDisk)
    equal(folder + "/base.vmdk", disk.backing.parent.fileName)
    expect_failed(vim.fault.FileFault, manager(journey).DeleteVirtualDisk_Task, folder + "/base.vmdk", journey.datacenter)
    reconfigure(machine, vim.vm.device.VirtualDeviceSpec(operation="remove", fileOperation="destroy", device=disk))
    delete(journey, folder + "/base.vmdk")


@sentence(simulator_differs="it locks no disks")
def a_disk_of_a_machine_that_is_on_cannot_be_deleted(journey):
    machine = journey.create_machine("locked", devices=[added(scsi()), added(scsi_disk(), "create")])
    done(machine.PowerOnVM_Task())
    expect_failed(vim.fault.FileFault, manager(journey).DeleteVirtualDisk_Task, journey.path("locked/locked.vmdk"), journey.datacenter)


@sentence
def a_copy_replaces_a_disk_only_by_force(journey):
    folder = directory(journey)
    create(journey, folder + "/a.vmdk")
    create(journey, folder + "/b.vmdk")
    copy = manager(journey).CopyVirtualDisk_Task
    expect_failed(vim.fault.FileAlreadyExists, copy, folder + "/a.vmdk", journey.datacenter, folder + "/b.vmdk", journey.datacenter, None, False)
    done(copy(folder + "/a.vmdk", journey.datacenter, folder + "/b.vmdk", journey.datacenter, None, True))


@sentence(simulator_lacks="ExtendVirtualDisk_Task")
def a_disk_grows(journey):
    path = directory(journey) + "/a.vmdk"
    create(journey, path)
    done(manager(journey).ExtendVirtualDisk_Task(path, journey.datacenter, 2048, False))
    expect_failed((vmodl.fault.InvalidArgument, vim.fault.InvalidDiskFormat, vim.fault.FileFault),
                  manager(journey).ExtendVirtualDisk_Task, path, journey.datacenter, 1024, False)
