"""VirtualApp."""
from pyVmomi import vim, vmodl

from checks import contains, done, equal, expect, expect_failed, same
from journey import destroy, exists, remove, resources
from sentences import sentence


def create(journey, name="made"):
    vapp = journey.pool.CreateVApp(name, resources(), vim.vApp.VAppConfigSpec(annotation="a note"), None)
    journey.later(close, vapp)
    return vapp


def close(vapp):
    """Its machines go first, as a simulator of vApps without power can destroy them one by one only."""
    if exists(vapp):
        for machine in vapp.vm:
            remove(machine)
        destroy(vapp)


def child_spec(journey, name):
    return vim.vm.ConfigSpec(name=name, numCPUs=1, memoryMB=64, guestId="otherGuest64", files=vim.vm.FileInfo(vmPathName=journey.path()))


def add_child(journey, vapp, name):
    return done(vapp.CreateChildVM_Task(child_spec(journey, name), journey.host))


@sentence(on="vcenter")
def a_second_vapp_of_a_name_is_refused(journey):
    create(journey)
    expect(vim.fault.DuplicateName, create, journey)


@sentence(on="vcenter")
def a_machine_is_created_in_a_vapp(journey):
    vapp = create(journey)
    machine = add_child(journey, vapp, "child")
    equal([machine], list(vapp.vm))
    equal(vapp, machine.resourcePool)


@sentence(on="vcenter", simulator_differs="it leaves the machines of a vApp to its parent")
def a_vapp_is_destroyed_with_its_machines(journey):
    vapp = create(journey)
    machines = [add_child(journey, vapp, name) for name in ("one", "two")]
    same(machines, vapp.vm)
    done(vapp.Destroy_Task())
    equal([False] * 3, [exists(entity) for entity in (vapp, *machines)])


@sentence(on="vcenter")
def a_vapp_is_created_in_a_pool_and_a_folder(journey):
    vapp = create(journey)
    equal(("made", journey.pool), (vapp.name, vapp.parent))
    contains(vapp, journey.pool.resourcePool)
    equal(("a note", journey.datacenter.vmFolder), (vapp.vAppConfig.annotation, vapp.parentFolder))


@sentence(on="vcenter", simulator_lacks="UpdateVAppConfig")
def a_vapp_is_reconfigured(journey):
    vapp = create(journey)
    vapp.UpdateVAppConfig(vim.vApp.VAppConfigSpec(annotation="another"))
    equal("another", vapp.vAppConfig.annotation)


@sentence(on="esx")
def a_host_has_no_vapps(journey):
    expect((vmodl.fault.NotSupported, vmodl.fault.MethodNotFound, vim.fault.MethodDisabled), create, journey)


@sentence(on="vcenter", simulator_lacks="PowerOnVApp_Task")
def a_vapp_powers_its_machines_on_and_off(journey):
    vapp = create(journey)
    machines = [add_child(journey, vapp, name) for name in ("one", "two")]
    done(vapp.PowerOnVApp_Task())
    equal("started", vapp.summary.vAppState)
    equal(["poweredOn"] * 2, [machine.runtime.powerState for machine in machines])
    done(vapp.PowerOffVApp_Task(True))
    equal("stopped", vapp.summary.vAppState)
    equal(["poweredOff"] * 2, [machine.runtime.powerState for machine in machines])


@sentence(on="vcenter", simulator_lacks="UpdateVAppConfig")
def a_vapp_starts_in_its_order(journey):
    vapp = create(journey)
    first, second = (add_child(journey, vapp, name) for name in ("one", "two"))
    vapp.UpdateVAppConfig(vim.vApp.VAppConfigSpec(entityConfig=[
        vim.vApp.EntityConfigInfo(key=first, startOrder=2, startAction="powerOn"),
        vim.vApp.EntityConfigInfo(key=second, startOrder=1, startAction="powerOn")]))
    done(vapp.PowerOnVApp_Task())
    assert second.runtime.bootTime <= first.runtime.bootTime
    done(vapp.PowerOffVApp_Task(True))


@sentence(on="vcenter", simulator_lacks="PowerOnVApp_Task")
def a_vapp_is_suspended(journey):
    vapp = create(journey)
    machine = add_child(journey, vapp, "child")
    done(vapp.PowerOnVApp_Task())
    done(vapp.SuspendVApp_Task())
    equal("suspended", machine.runtime.powerState)
    done(vapp.PowerOnVApp_Task())
    equal("poweredOn", machine.runtime.powerState)
    done(vapp.PowerOffVApp_Task(True))


@sentence(on="vcenter", simulator_lacks="RegisterChildVM_Task")
def a_machine_is_registered_in_a_vapp(journey):
    machine = journey.create_machine("registered")
    path = machine.config.files.vmPathName
    machine.UnregisterVM()
    vapp = create(journey)
    back = done(vapp.RegisterChildVM_Task(path, "registered", journey.host))
    equal([back], list(vapp.vm))
