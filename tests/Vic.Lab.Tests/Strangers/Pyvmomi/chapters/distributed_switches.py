"""DistributedVirtualSwitch and DistributedVirtualPortgroup."""
from pyVmomi import vim, vmodl

from checks import contains, done, equal, expect, expect_failed, lacks, same
from journey import destroy
from sentences import sentence

Switch = vim.dvs.VmwareDistributedVirtualSwitch


def create(journey, name="made", **config):
    spec = vim.DistributedVirtualSwitch.CreateSpec(configSpec=Switch.ConfigSpec(name=name, **config))
    switch = done(journey.datacenter.networkFolder.CreateDVS_Task(spec))
    journey.later(destroy, switch)
    return switch


def group_spec(name="tour-ports", **config):
    return vim.dvs.DistributedVirtualPortgroup.ConfigSpec(name=name, type="earlyBinding", numPorts=8, **config)


def add_group(journey, switch, **config):
    spec = group_spec(**config)
    done(switch.AddDVPortgroup_Task([spec]))
    added = next(group for group in switch.portgroup if group.name == spec.name)
    journey.later(destroy, added)
    return added


@sentence(on="vcenter")
def the_switch_of_the_inventory_connects_its_hosts(journey):
    switch = journey.first(vim.DistributedVirtualSwitch)
    assert set(journey.compute.host) <= set(switch.summary.hostMember)
    same([group.name for group in switch.portgroup], switch.summary.portgroupName)


@sentence(on="esx", simulator_differs="its host makes them")
def a_host_makes_no_distributed_switches(journey):
    expect((vmodl.fault.NotSupported, vmodl.fault.MethodNotFound), create, journey)
