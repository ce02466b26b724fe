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


@sentence(on="esx", simulator_differs="its host clones; ESXi leaves that to vCenter")
def a_host_clones_no_machines(journey):
    machine = journey.create_machine("original")
    spec = vim.vm.CloneSpec(location=location(pool=journey.pool), powerOn=False, template=False)
    expect_failed(vmodl.fault.NotSupported, machine.CloneVM_Task, journey.datacenter.vmFolder, "copy", spec)
