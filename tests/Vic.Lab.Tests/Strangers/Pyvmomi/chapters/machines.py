"""VirtualMachine: creation, configuration, power, and the end of it."""
from pyVmomi import vim, vmodl

from checks import contains, done, equal, expect, expect_failed, lacks, same
from journey import exists, remove
from sentences import sentence

Device = vim.vm.device
OptionValue = vim.option.OptionValue


def added(device, file_operation=None):
    return Device.VirtualDeviceSpec(operation="add", fileOperation=file_operation, device=device)


def scsi_disk(kilobytes=1024, file_name="", controller=-100, unit=0, key=-2, **backing):
    backing = Device.VirtualDisk.FlatVer2BackingInfo(fileName=file_name, diskMode="persistent", thinProvisioned=True, **backing)
    return Device.VirtualDisk(key=key, controllerKey=controller, unitNumber=unit, capacityInKB=kilobytes, backing=backing)


def scsi():
    return Device.ParaVirtualSCSIController(key=-100, busNumber=0, sharedBus="noSharing")


def network_backing(journey):
    network = next(network for network in journey.compute.network if network.name == "VM Network")
    card = Device.VirtualEthernetCard
    if isinstance(network, vim.dvs.DistributedVirtualPortgroup):
        switch = network.config.distributedVirtualSwitch.uuid
        return card.DistributedVirtualPortBackingInfo(port=vim.dvs.PortConnection(portgroupKey=network.key, switchUuid=switch))
    return card.NetworkBackingInfo(deviceName=network.name)


def options(machine):
    return {option.key: option.value for option in machine.config.extraConfig}


def devices(machine, kind):
    return [device for device in machine.config.hardware.device if isinstance(device, kind)]


def reconfigure(machine, *changes, **configuration):
    return done(machine.ReconfigVM_Task(vim.vm.ConfigSpec(deviceChange=list(changes), **configuration)))


@sentence
def a_machine_is_created_in_its_own_directory(journey):
    machine = journey.create_machine("toured")
    equal(journey.path("toured/toured.vmx"), machine.config.files.vmPathName)
    equal("poweredOff", machine.runtime.powerState)
    contains(machine, journey.datacenter.vmFolder.childEntity)
    contains(machine, journey.pool.vm)
    contains(machine, machine.runtime.host.vm)
    contains(machine, journey.datastore.vm)


@sentence
def a_new_machine_is_as_large_as_asked_for(journey):
    machine = journey.create_machine("toured")
    equal((1, 64), (machine.config.hardware.numCPU, machine.config.hardware.memoryMB))
    equal((1, 64), (machine.summary.config.numCpu, machine.summary.config.memorySizeMB))
    equal("otherGuest64", machine.config.guestId)


@sentence
def disks_and_adapters_come_with_their_machine(journey):
    adapter = Device.VirtualVmxnet3(key=-1, backing=network_backing(journey))
    machine = journey.create_machine("toured", devices=[added(scsi()), added(adapter), added(scsi_disk(65536), "create")])
    disk, = devices(machine, Device.VirtualDisk)
    equal((0, 65536), (disk.unitNumber, disk.capacityInKB))
    equal(journey.path("toured/toured.vmdk"), disk.backing.fileName)
    card = devices(machine, Device.VirtualVmxnet3)[-1]
    assert len(card.macAddress.split(":")) == 6, card.macAddress
    equal(1, len(devices(machine, Device.ParaVirtualSCSIController)))


@sentence
def a_machine_without_a_name_is_refused(journey):
    spec = vim.vm.ConfigSpec(memoryMB=64, files=vim.vm.FileInfo(vmPathName=journey.path()))
    expect_failed((vim.fault.InvalidName, vim.fault.VmConfigFault), journey.datacenter.vmFolder.CreateVM_Task, spec, journey.pool)


@sentence(simulator_differs="it makes a second machine of the name")
def a_second_machine_of_a_name_is_refused(journey):
    journey.create_machine("toured")
    expect(vim.fault.DuplicateName, journey.create_machine, "toured")


@sentence
def a_machine_is_powered_on_and_off(journey):
    machine = journey.create_machine("toured")
    done(machine.PowerOnVM_Task())
    equal("poweredOn", machine.runtime.powerState)
    equal("poweredOn", machine.summary.runtime.powerState)
    done(machine.ResetVM_Task())
    equal("poweredOn", machine.runtime.powerState)
    done(machine.PowerOffVM_Task())
    equal("poweredOff", machine.runtime.powerState)


@sentence
def power_is_refused_in_the_wrong_state(journey):
    machine = journey.create_machine("toured")
    expect_failed(vim.fault.InvalidPowerState, machine.PowerOffVM_Task)
    expect_failed(vim.fault.InvalidPowerState, machine.ResetVM_Task)
    done(machine.PowerOnVM_Task())
    fault = expect_failed(vim.fault.InvalidPowerState, machine.PowerOnVM_Task)
    equal("poweredOn", fault.existingState)


@sentence(simulator_differs="it sets no bootTime")
def a_machine_that_is_on_knows_since_when(journey):
    machine = journey.create_machine("toured")
    equal(None, machine.runtime.bootTime)
    done(machine.PowerOnVM_Task())
    assert machine.runtime.bootTime is not None


@sentence(simulator_differs="it suspends a machine that is off")
def a_machine_that_is_off_cannot_be_suspended(journey):
    machine = journey.create_machine("toured")
    expect_failed(vim.fault.InvalidPowerState, machine.SuspendVM_Task)


@sentence
def a_machine_is_suspended_and_resumed(journey):
    machine = journey.create_machine("toured")
    done(machine.PowerOnVM_Task())
    done(machine.SuspendVM_Task())
    equal("suspended", machine.runtime.powerState)
    done(machine.PowerOnVM_Task())
    equal("poweredOn", machine.runtime.powerState)


@sentence
def the_guest_of_a_machine_that_is_off_cannot_be_shut_down(journey):
    machine = journey.create_machine("toured")
    expect(vim.fault.InvalidPowerState, machine.ShutdownGuest)


@sentence(simulator_differs="its machines need no VMware Tools")
def a_guest_without_tools_cannot_be_shut_down(journey):
    machine = journey.create_machine("toured")
    done(machine.PowerOnVM_Task())
    expect(vim.fault.ToolsUnavailable, machine.ShutdownGuest)


@sentence(simulator_lacks="RebootGuest")
def a_guest_without_tools_cannot_be_rebooted(journey):
    machine = journey.create_machine("toured")
    done(machine.PowerOnVM_Task())
    expect(vim.fault.ToolsUnavailable, machine.RebootGuest)


@sentence
def a_machine_that_is_on_cannot_be_destroyed(journey):
    machine = journey.create_machine("toured")
    done(machine.PowerOnVM_Task())
    expect_failed(vim.fault.InvalidPowerState, machine.Destroy_Task)
    assert exists(machine)


@sentence
def a_destroyed_machine_leaves_nothing(journey):
    machine = journey.create_machine("toured", devices=[added(scsi()), added(scsi_disk(), "create")])
    done(machine.Destroy_Task())
    expect(vmodl.fault.ManagedObjectNotFound, lambda: machine.name)
    lacks(machine, journey.datacenter.vmFolder.childEntity)
    equal(404, journey.http("GET", "toured/toured.vmdk")[0])


@sentence
def a_machine_that_is_on_cannot_be_unregistered(journey):
    machine = journey.create_machine("toured")
    done(machine.PowerOnVM_Task())
    expect(vim.fault.InvalidPowerState, machine.UnregisterVM)


@sentence
def a_machine_is_renamed(journey):
    machine = journey.create_machine("toured")
    done(machine.Rename_Task("renamed"))
    equal("renamed", machine.name)


@sentence(simulator_differs="it renames the entity only")
def a_rename_reaches_the_configuration(journey):
    machine = journey.create_machine("toured")
    done(machine.Rename_Task("renamed"))
    equal(("renamed", "renamed"), (machine.config.name, machine.summary.config.name))
    reconfigure(machine, name="again")
    equal("again", machine.name)


@sentence
def extra_configuration_is_added(journey):
    machine = journey.create_machine("toured", extraConfig=[OptionValue(key="guestinfo.a", value="1")])
    equal("1", options(machine)["guestinfo.a"])
    reconfigure(machine, extraConfig=[OptionValue(key="guestinfo.b", value="2")])
    equal(("1", "2"), (options(machine)["guestinfo.a"], options(machine)["guestinfo.b"]))


@sentence(simulator_differs="it appends a second option of the key; vSphere removes an option by an empty value")
def extra_configuration_is_changed_and_removed(journey):
    machine = journey.create_machine("toured", extraConfig=[OptionValue(key="guestinfo.a", value="1")])
    reconfigure(machine, extraConfig=[OptionValue(key="guestinfo.a", value="3")])
    equal("3", options(machine)["guestinfo.a"])
    reconfigure(machine, extraConfig=[OptionValue(key="guestinfo.a", value="")])
    lacks("guestinfo.a", options(machine))


@sentence
def a_machine_is_reconfigured(journey):
    machine = journey.create_machine("toured")
    reconfigure(machine, numCPUs=2, memoryMB=128, annotation="a note")
    equal((2, 128), (machine.config.hardware.numCPU, machine.config.hardware.memoryMB))
    equal("a note", machine.config.annotation)


@sentence(simulator_differs="it does not look at changeVersion; vSphere refuses with ConcurrentAccess")
def a_change_of_an_older_configuration_is_refused(journey):
    machine = journey.create_machine("toured")
    version = machine.config.changeVersion
    reconfigure(machine, annotation="first")
    stale = vim.vm.ConfigSpec(changeVersion=version, annotation="late")
    expect_failed(vim.fault.ConcurrentAccess, machine.ReconfigVM_Task, stale)


@sentence
def a_disk_is_added_and_removed_with_its_file(journey):
    machine = journey.create_machine("toured", devices=[added(scsi())])
    controller, = devices(machine, Device.ParaVirtualSCSIController)
    reconfigure(machine, added(scsi_disk(controller=controller.key), "create"))
    disk, = devices(machine, Device.VirtualDisk)
    reconfigure(machine, Device.VirtualDeviceSpec(operation="remove", fileOperation="destroy", device=disk))
    equal([], devices(machine, Device.VirtualDisk))
    equal(404, journey.http("GET", "toured/toured.vmdk")[0])


@sentence(simulator_differs="it ignores a device that it does not find")
def a_device_that_is_not_there_cannot_be_removed(journey):
    machine = journey.create_machine("toured")
    gone = Device.VirtualDeviceSpec(operation="remove", device=Device.VirtualCdrom(key=3999))
    expect_failed(vim.fault.InvalidDeviceSpec, machine.ReconfigVM_Task, vim.vm.ConfigSpec(deviceChange=[gone]))


@sentence(simulator_differs="it does not look for the controller")
def a_device_needs_its_controller(journey):
    machine = journey.create_machine("toured")
    astray = vim.vm.ConfigSpec(deviceChange=[added(scsi_disk(controller=1234, key=-5), "create")])
    expect_failed(vim.fault.InvalidDeviceSpec, machine.ReconfigVM_Task, astray)


@sentence
def a_serial_port_is_configured(journey):
    machine = journey.create_machine("toured", devices=[added(Device.VirtualSerialPort(
        key=-1, yieldOnPoll=True, backing=Device.VirtualSerialPort.URIBackingInfo(
            serviceURI="vic", direction="client", proxyURI="telnet://127.0.0.1:2377")))])
    port, = devices(machine, Device.VirtualSerialPort)
    equal(("vic", "telnet://127.0.0.1:2377"), (port.backing.serviceURI, port.backing.proxyURI))


@sentence(on="vcenter", simulator_differs="it gives one task for each machine no attempt of its own")
def several_machines_are_powered_on_at_once(journey):
    machines = [journey.create_machine("toured-%d" % number) for number in range(2)]
    result = done(journey.datacenter.PowerOnMultiVM_Task(machines))
    same(machines, [attempt.vm for attempt in result.attempted])
    equal([], list(result.notAttempted))
    for attempt in result.attempted:
        done(attempt.task)
    equal(["poweredOn"] * 2, [machine.runtime.powerState for machine in machines])


@sentence
def a_machine_is_unregistered_and_registered_again(journey):
    machine = journey.create_machine("toured")
    path = machine.config.files.vmPathName
    machine.UnregisterVM()
    expect(vmodl.fault.ManagedObjectNotFound, lambda: machine.name)
    equal(None, journey.content.searchIndex.FindByDatastorePath(journey.datacenter, path))
    back = done(journey.datacenter.vmFolder.RegisterVM_Task(path, "toured", False, journey.pool, journey.host))
    journey.later(remove, back)
    equal(("toured", path), (back.name, back.config.files.vmPathName))


@sentence
def a_machine_is_registered_once(journey):
    machine = journey.create_machine("toured")
    expect_failed(
        vim.fault.AlreadyExists, journey.datacenter.vmFolder.RegisterVM_Task,
        machine.config.files.vmPathName, "again", False, journey.pool, journey.host)


@sentence
def storage_information_is_refreshed(journey):
    machine = journey.create_machine("toured", devices=[added(scsi()), added(scsi_disk(), "create")])
    machine.RefreshStorageInfo()
    assert any(file.name == journey.path("toured/toured.vmdk") for file in machine.layoutEx.file)


@sentence(simulator_lacks="AnswerVM")
def a_question_that_nobody_asked_cannot_be_answered(journey):
    machine = journey.create_machine("toured")
    expect((vmodl.fault.InvalidArgument, vim.fault.ConcurrentAccess), machine.AnswerVM, "1", "0")
