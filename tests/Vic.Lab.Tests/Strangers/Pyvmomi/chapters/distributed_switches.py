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


@sentence(on="vcenter")
def a_switch_is_created_in_a_folder_of_networks(journey):
    switch = create(journey)
    equal(("made", journey.datacenter.networkFolder), (switch.name, switch.parent))
    assert switch.uuid
    equal(("made", switch.uuid), (switch.config.name, switch.config.uuid))


@sentence(on="vcenter", simulator_differs="it says InvalidArgument; CreateDVS_Task is documented to say DuplicateName")
def a_second_switch_of_a_name_is_refused(journey):
    create(journey)
    expect(vim.fault.DuplicateName, create, journey)


@sentence(on="vcenter")
def a_port_group_is_added_to_its_switch(journey):
    switch = create(journey)
    group = add_group(journey, switch)
    equal((switch, "earlyBinding"), (group.config.distributedVirtualSwitch, group.config.type))
    assert group.key
    contains(group, journey.datacenter.network)


@sentence(on="vcenter")
def a_second_port_group_of_a_name_is_refused(journey):
    switch = create(journey)
    add_group(journey, switch)
    expect_failed(vim.fault.DuplicateName, switch.AddDVPortgroup_Task, [group_spec()])


@sentence(on="vcenter")
def a_port_group_is_reconfigured(journey):
    group = add_group(journey, create(journey))
    vlan = vim.dvs.VmwareDistributedVirtualSwitch.VlanIdSpec(vlanId=17, inherited=False)
    setting = vim.dvs.VmwareDistributedVirtualSwitch.VmwarePortConfigPolicy(vlan=vlan)
    done(group.ReconfigureDVPortgroup_Task(vim.dvs.DistributedVirtualPortgroup.ConfigSpec(
        configVersion=group.config.configVersion, numPorts=16, defaultPortConfig=setting)))
    equal((16, 17), (group.config.numPorts, group.config.defaultPortConfig.vlan.vlanId))


@sentence(on="vcenter", simulator_differs="it does not look at configVersion; vSphere refuses with ConcurrentAccess")
def a_change_of_an_older_port_group_is_refused(journey):
    group = add_group(journey, create(journey))
    version = group.config.configVersion
    done(group.ReconfigureDVPortgroup_Task(vim.dvs.DistributedVirtualPortgroup.ConfigSpec(configVersion=version, numPorts=16)))
    expect_failed(vim.fault.ConcurrentAccess, group.ReconfigureDVPortgroup_Task,
                  vim.dvs.DistributedVirtualPortgroup.ConfigSpec(configVersion=version, numPorts=32))


@sentence(on="vcenter")
def a_host_joins_a_switch_once(journey):
    switch = create(journey)
    spec = vim.dvs.HostMember.ConfigSpec(operation="add", host=journey.host)
    join = vim.DistributedVirtualSwitch.ConfigSpec(configVersion=switch.config.configVersion, host=[spec])
    done(switch.ReconfigureDvs_Task(join))
    equal([journey.host], list(switch.summary.hostMember))
    join.configVersion = switch.config.configVersion
    expect_failed((vim.fault.AlreadyExists, vim.fault.DvsFault), switch.ReconfigureDvs_Task, join)


@sentence(on="vcenter")
def hosts_join_and_leave_a_switch(journey):
    switch, host = create(journey), journey.host

    def member(operation):
        spec = vim.dvs.HostMember.ConfigSpec(operation=operation, host=host)
        return vim.DistributedVirtualSwitch.ConfigSpec(configVersion=switch.config.configVersion, host=[spec])

    done(switch.ReconfigureDvs_Task(member("add")))
    equal([host], list(switch.summary.hostMember))
    done(switch.ReconfigureDvs_Task(member("remove")))
    equal([], list(switch.summary.hostMember))


@sentence(on="vcenter", simulator_differs="its reconfiguration knows hosts only")
def a_switch_is_renamed_by_its_configuration(journey):
    switch = create(journey)
    done(switch.ReconfigureDvs_Task(Switch.ConfigSpec(configVersion=switch.config.configVersion, name="renamed", maxMtu=9000)))
    equal(("renamed", 9000), (switch.name, switch.config.maxMtu))


@sentence(on="vcenter", simulator_differs="it does not look at configVersion")
def a_change_of_an_older_switch_is_refused(journey):
    switch = create(journey)
    version = switch.config.configVersion
    done(switch.ReconfigureDvs_Task(Switch.ConfigSpec(configVersion=version, description="first")))
    expect_failed(vim.fault.ConcurrentAccess, switch.ReconfigureDvs_Task, Switch.ConfigSpec(configVersion=version, description="late"))


@sentence(on="vcenter", simulator_differs="its ports know no port group")
def ports_are_fetched(journey):
    switch = create(journey)
    group = add_group(journey, switch)
    ports = switch.FetchDVPorts(vim.dvs.PortCriteria(portgroupKey=[group.key]))
    assert ports
    equal({group.key}, {port.portgroupKey for port in ports})


@sentence(on="vcenter", simulator_differs="it makes one port for a group whatever the number")
def a_port_group_has_as_many_ports_as_asked_for(journey):
    switch = create(journey)
    group = add_group(journey, switch)
    equal(8, len(switch.FetchDVPorts(vim.dvs.PortCriteria(portgroupKey=[group.key]))))


@sentence(on="vcenter")
def a_port_group_is_destroyed(journey):
    switch = create(journey)
    group = add_group(journey, switch)
    done(group.Destroy_Task())
    expect(vmodl.fault.ManagedObjectNotFound, lambda: group.name)
    lacks("tour-ports", [network.name for network in journey.datacenter.network])


@sentence(on="vcenter", simulator_differs="it keeps the port groups")
def a_switch_is_destroyed_with_its_port_groups(journey):
    switch = create(journey)
    group = add_group(journey, switch)
    done(switch.Destroy_Task())
    expect(vmodl.fault.ManagedObjectNotFound, lambda: switch.name)
    expect(vmodl.fault.ManagedObjectNotFound, lambda: group.name)


@sentence(on="vcenter", simulator_lacks="CreateDVPortgroup_Task")
def one_port_group_is_created(journey):
    group = done(create(journey).CreateDVPortgroup_Task(group_spec(name="single")))
    journey.later(destroy, group)
    equal("single", group.name)
