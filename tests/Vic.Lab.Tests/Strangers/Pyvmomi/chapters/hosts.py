"""HostSystem and what it is made of: network, firewall, storage, services, datastores, options."""
from pyVmomi import vim, vmodl

from checks import contains, done, equal, expect, lacks
from sentences import sentence


def parts(journey):
    return journey.host.configManager


def network(journey):
    return parts(journey).networkSystem


def switch_names(journey):
    return [switch.name for switch in network(journey).networkInfo.vswitch]


def port_group_names(journey):
    return [group.spec.name for group in network(journey).networkInfo.portgroup]


def add_switch(journey, name="vSwitch7"):
    network(journey).AddVirtualSwitch(name, vim.host.VirtualSwitch.Specification(numPorts=64))
    journey.later(remove_switch, journey, name)


def remove_switch(journey, name):
    if name in switch_names(journey):
        network(journey).RemoveVirtualSwitch(name)


def group_spec(name="toured", switch="vSwitch7", vlan=0):
    return vim.host.PortGroup.Specification(name=name, vlanId=vlan, vswitchName=switch, policy=vim.host.NetworkPolicy())


def add_group(journey, **spec):
    network(journey).AddPortGroup(group_spec(**spec))
    journey.later(remove_group, journey, spec.get("name", "toured"))


def remove_group(journey, name):
    if name in port_group_names(journey):
        network(journey).RemovePortGroup(name)


@sentence
def a_host_is_connected_and_on(journey):
    equal(("connected", "poweredOn", False), (
        journey.host.runtime.connectionState, journey.host.runtime.powerState, journey.host.runtime.inMaintenanceMode))


@sentence
def a_host_tells_its_hardware(journey):
    hardware = journey.host.summary.hardware
    assert hardware.memorySize > 0 and hardware.numCpuCores > 0 and hardware.cpuMhz > 0, hardware


@sentence
def a_host_tells_its_product(journey):
    equal("HostAgent", journey.host.config.product.apiType)


@sentence
def a_switch_is_added_and_removed(journey):
    add_switch(journey)
    contains("vSwitch7", switch_names(journey))
    network(journey).RemoveVirtualSwitch("vSwitch7")
    lacks("vSwitch7", switch_names(journey))


@sentence
def a_switch_is_added_once(journey):
    add_switch(journey)
    expect(vim.fault.AlreadyExists, network(journey).AddVirtualSwitch, "vSwitch7", None)


@sentence
def a_switch_that_is_not_there_is_not_removed(journey):
    expect(vim.fault.NotFound, network(journey).RemoveVirtualSwitch, "vSwitch8")


@sentence
def a_port_group_is_added_and_removed(journey):
    add_switch(journey)
    add_group(journey)
    contains("toured", port_group_names(journey))
    network(journey).RemovePortGroup("toured")
    lacks("toured", port_group_names(journey))


@sentence(simulator_differs="the hosts' networks do not change with their port groups")
def a_port_group_comes_and_goes_with_its_network(journey):
    add_switch(journey)
    add_group(journey)
    contains("toured", [network.name for network in journey.host.network])
    network(journey).RemovePortGroup("toured")
    lacks("toured", [network.name for network in journey.host.network])


@sentence(simulator_differs="it says DuplicateName; AddPortGroup is documented to say AlreadyExists")
def a_port_group_is_added_once(journey):
    add_switch(journey)
    add_group(journey)
    expect(vim.fault.AlreadyExists, network(journey).AddPortGroup, group_spec())


@sentence
def a_port_group_needs_its_switch(journey):
    expect(vim.fault.NotFound, network(journey).AddPortGroup, group_spec(switch="vSwitch8"))
    expect(vim.fault.NotFound, network(journey).RemovePortGroup, "none")


@sentence(simulator_differs="it takes any VLAN")
def a_vlan_is_one_of_4096(journey):
    add_switch(journey)
    expect(vmodl.fault.InvalidArgument, add_group, journey, vlan=4096)


def rulesets(journey):
    return {ruleset.key: ruleset for ruleset in parts(journey).firewallSystem.firewallInfo.ruleset}


@sentence
def a_ruleset_is_enabled_and_disabled(journey):
    firewall = parts(journey).firewallSystem
    before = rulesets(journey)["remoteSerialPort"].enabled
    journey.later(firewall.EnableRuleset if before else firewall.DisableRuleset, "remoteSerialPort")
    firewall.EnableRuleset("remoteSerialPort")
    assert rulesets(journey)["remoteSerialPort"].enabled
    firewall.DisableRuleset("remoteSerialPort")
    assert not rulesets(journey)["remoteSerialPort"].enabled


@sentence
def a_ruleset_that_is_none_is_not_found(journey):
    expect(vim.fault.NotFound, parts(journey).firewallSystem.EnableRuleset, "none")
    expect(vim.fault.NotFound, parts(journey).firewallSystem.DisableRuleset, "none")


@sentence(simulator_lacks="UpdateRuleset")
def the_hosts_that_a_ruleset_lets_in_are_changed(journey):
    def spec(everyone, *addresses):
        return vim.host.Ruleset.RulesetSpec(allowedHosts=vim.host.Ruleset.IpList(allIp=everyone, ipAddress=list(addresses)))

    firewall = parts(journey).firewallSystem
    firewall.UpdateRuleset("remoteSerialPort", spec(False, "192.0.2.1"))
    journey.later(firewall.UpdateRuleset, "remoteSerialPort", spec(True))
    allowed = rulesets(journey)["remoteSerialPort"].allowedHosts
    equal((False, ["192.0.2.1"]), (allowed.allIp, list(allowed.ipAddress)))
    expect(vim.fault.NotFound, firewall.UpdateRuleset, "none", spec(True))


@sentence(simulator_lacks="RefreshFirewall")
def the_firewall_is_refreshed(journey):
    parts(journey).firewallSystem.RefreshFirewall()


def service(journey, key):
    return next(service for service in parts(journey).serviceSystem.serviceInfo.service if service.key == key)


@sentence(simulator_differs="its hosts' service system is not there")
def a_service_is_started_and_stopped(journey):
    services = parts(journey).serviceSystem
    services.StartService("TSM-SSH")
    assert service(journey, "TSM-SSH").running
    services.StopService("TSM-SSH")
    assert not service(journey, "TSM-SSH").running


@sentence(simulator_differs="its hosts' service system is not there")
def a_service_that_is_none_is_not_found(journey):
    services = parts(journey).serviceSystem
    expect(vim.fault.NotFound, services.StartService, "none")
    expect(vim.fault.NotFound, services.StopService, "none")


def nas_spec(name, path="/exports/toured"):
    return vim.host.NasVolume.Specification(remoteHost="192.0.2.7", remotePath=path, localPath=name, accessMode="readWrite", type="NFS")


@sentence(simulator_lacks="DestroyNetwork")
def a_network_in_use_is_not_destroyed(journey):
    used = next(network for network in journey.host.network if network.name == "VM Network")
    expect((vim.fault.ResourceInUse, vmodl.fault.NotSupported, vim.fault.HostConfigFault), used.DestroyNetwork)


@sentence(simulator_lacks="UpdateVirtualSwitch")
def a_switch_is_changed(journey):
    add_switch(journey)
    network(journey).UpdateVirtualSwitch("vSwitch7", vim.host.VirtualSwitch.Specification(numPorts=128, mtu=9000))
    switch = next(switch for switch in network(journey).networkInfo.vswitch if switch.name == "vSwitch7")
    equal((128, 9000), (switch.spec.numPorts, switch.spec.mtu))


@sentence(simulator_lacks="UpdatePortGroup")
def a_port_group_is_changed(journey):
    add_switch(journey)
    add_group(journey)
    network(journey).UpdatePortGroup("toured", group_spec(vlan=17))
    group = next(group for group in network(journey).networkInfo.portgroup if group.spec.name == "toured")
    equal(17, group.spec.vlanId)


@sentence(simulator_lacks="RefreshNetworkSystem")
def the_network_is_refreshed(journey):
    network(journey).RefreshNetworkSystem()


@sentence
def the_storage_system_is_refreshed(journey):
    parts(journey).storageSystem.RefreshStorageSystem()


@sentence(simulator_differs="it wants a directory of its own machine")
def a_shared_datastore_is_mounted_and_removed(journey):
    system = parts(journey).datastoreSystem
    datastore = system.CreateNasDatastore(nas_spec("shared"))
    equal("shared", datastore.name)
    contains(datastore, journey.host.datastore)
    system.RemoveDatastore(datastore)
    lacks("shared", [datastore.name for datastore in journey.host.datastore])


@sentence(simulator_differs="it wants a directory of its own machine")
def a_shared_datastore_is_mounted_once(journey):
    system = parts(journey).datastoreSystem
    datastore = system.CreateNasDatastore(nas_spec("shared"))
    journey.later(system.RemoveDatastore, datastore)
    expect(vim.fault.DuplicateName, system.CreateNasDatastore, nas_spec("shared", "/exports/other"))


@sentence(simulator_lacks="RemoveDatastore")
def a_datastore_in_use_is_not_removed(journey):
    journey.create_machine("kept")
    expect((vim.fault.ResourceInUse, vim.fault.HostConfigFault), parts(journey).datastoreSystem.RemoveDatastore, journey.datastore)


@sentence(on="vcenter")
def a_host_goes_into_maintenance_and_comes_back(journey):
    host = journey.compute.host[-1]
    done(host.EnterMaintenanceMode_Task(0))
    journey.later(leave_maintenance, host)
    assert host.runtime.inMaintenanceMode
    done(host.ExitMaintenanceMode_Task(0))
    assert not host.runtime.inMaintenanceMode


def leave_maintenance(host):
    if host.runtime.inMaintenanceMode:
        done(host.ExitMaintenanceMode_Task(0))


@sentence(on="vcenter", simulator_lacks="DisconnectHost_Task")
def a_host_is_disconnected_and_connected_again(journey):
    host = journey.compute.host[-1]
    done(host.DisconnectHost_Task())
    equal("disconnected", host.runtime.connectionState)
    done(host.ReconnectHost_Task())
    equal("connected", host.runtime.connectionState)


@sentence
def the_options_of_a_host_are_read_and_changed(journey):
    options = parts(journey).advancedOption
    first = next(option for option in options.QueryOptions(None) if isinstance(option.value, str))
    journey.later(options.UpdateOptions, [vim.option.OptionValue(key=first.key, value=first.value)])
    options.UpdateOptions([vim.option.OptionValue(key=first.key, value="toured")])
    changed, = options.QueryOptions(first.key)
    equal("toured", changed.value)


@sentence(simulator_lacks="QueryHostConnectionInfo")
def a_host_tells_how_to_connect_it(journey):
    equal(journey.host.name, journey.host.QueryHostConnectionInfo().host.config.name)
