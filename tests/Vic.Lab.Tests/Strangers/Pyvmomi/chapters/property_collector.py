"""PropertyCollector and PropertyFilter."""
import threading
import types

from pyVmomi import vim, vmodl

from chapters.machines import reconfigure
from checks import contains, done, equal, expect
from sentences import sentence

query = vmodl.query.PropertyCollector


def filter_spec(objects, kind, paths, select=(), skip=False, everything=None, missing_too=None):
    return query.FilterSpec(
        propSet=[query.PropertySpec(type=kind, pathSet=list(paths), all=everything)],
        objectSet=[query.ObjectSpec(obj=entity, selectSet=list(select), skip=skip) for entity in objects],
        reportMissingObjectsInResults=missing_too)


def read(journey, *specs, maximum=None):
    """A page; an answer without objects may be none at all."""
    page = journey.content.propertyCollector.RetrievePropertiesEx(list(specs), query.RetrieveOptions(maxObjects=maximum))
    return page or types.SimpleNamespace(objects=[], token=None)


def values(content):
    return {value.name: value.val for value in content.propSet}


def collector(journey):
    """A collector of the sentence's own."""
    own = journey.content.propertyCollector.CreatePropertyCollector()
    journey.later(own.Destroy)
    return own


def wait(own, version, seconds=0):
    return own.WaitForUpdatesEx(version, query.WaitOptions(maxWaitSeconds=seconds))


def changes(update):
    return [change for filter_update in update.filterSet for changed in filter_update.objectSet for change in changed.changeSet]


def kinds(update):
    return [(changed.kind, changed.obj) for filter_update in update.filterSet for changed in filter_update.objectSet]


@sentence
def properties_are_read_by_their_paths(journey):
    machine = journey.create_machine("collected")
    content, = read(journey, filter_spec([machine], vim.VirtualMachine, ["name", "config.hardware.numCPU", "runtime.powerState"])).objects
    equal(machine, content.obj)
    equal({"name": "collected", "config.hardware.numCPU": 1, "runtime.powerState": "poweredOff"}, values(content))


@sentence
def the_older_call_reads_the_same(journey):
    content, = journey.content.propertyCollector.RetrieveProperties([filter_spec([journey.host], vim.HostSystem, ["name"])])
    equal({"name": journey.host.name}, values(content))


@sentence
def all_properties_can_be_asked_for(journey):
    content, = read(journey, filter_spec([journey.datacenter], vim.Datacenter, [], everything=True)).objects
    for name in ("name", "vmFolder", "hostFolder", "datastoreFolder", "networkFolder"):
        contains(name, values(content))


@sentence
def a_base_type_selects_its_descendants(journey):
    content, = read(journey, filter_spec([journey.compute], vim.ManagedEntity, ["name"])).objects
    equal({"name": journey.compute.name}, values(content))


@sentence
def several_specifications_of_a_type_add_up(journey):
    machine = journey.create_machine("collected")
    spec = filter_spec([machine], vim.VirtualMachine, ["runtime.powerState"])
    spec.propSet.append(query.PropertySpec(type=vim.ManagedEntity, pathSet=["name"]))
    content, = read(journey, spec).objects
    equal({"name": "collected", "runtime.powerState": "poweredOff"}, values(content))


@sentence
def a_property_without_a_value_is_left_out(journey):
    machine = journey.create_machine("collected")
    content, = read(journey, filter_spec([machine], vim.VirtualMachine, ["name", "snapshot"])).objects
    equal({"name": "collected"}, values(content))


@sentence
def an_object_that_is_none_is_refused(journey):
    gone = vim.VirtualMachine("vm-99999", journey.service._stub)
    fault = expect(vmodl.fault.ManagedObjectNotFound, read, journey, filter_spec([gone], vim.VirtualMachine, ["name"]))
    equal(gone, fault.obj)


@sentence
def an_object_that_is_none_is_left_out_on_request(journey):
    gone = vim.VirtualMachine("vm-99999", journey.service._stub)
    spec = filter_spec([gone, journey.create_machine("collected")], vim.VirtualMachine, ["name"], missing_too=True)
    equal(["collected"], [values(content)["name"] for content in read(journey, spec).objects if content.propSet])


@sentence
def a_traversal_reaches_what_it_names(journey):
    machine = journey.create_machine("collected")
    below = query.TraversalSpec(name="children", type=vim.Folder, path="childEntity", skip=False, selectSet=[query.SelectionSpec(name="children")])
    spec = filter_spec([journey.datacenter.vmFolder], vim.VirtualMachine, ["name"], select=[below], skip=True)
    contains((machine, "collected"), [(content.obj, values(content)["name"]) for content in read(journey, spec).objects])


@sentence
def a_traversal_by_a_name_that_is_none_is_refused(journey):
    spec = filter_spec([journey.datacenter.vmFolder], vim.VirtualMachine, ["name"], select=[query.SelectionSpec(name="none")])
    expect(vmodl.fault.InvalidArgument, read, journey, spec)


@sentence(simulator_differs="it answers everything in one page")
def a_long_answer_comes_in_pages(journey):
    objects = [journey.datacenter, journey.compute, journey.host]
    page = read(journey, filter_spec(objects, vim.ManagedEntity, ["name"]), maximum=2)
    equal(2, len(page.objects))
    rest = journey.content.propertyCollector.ContinueRetrievePropertiesEx(page.token)
    equal((1, None), (len(rest.objects), rest.token))
    expect(vmodl.fault.InvalidArgument, journey.content.propertyCollector.ContinueRetrievePropertiesEx, page.token)


@sentence(simulator_differs="it answers everything in one page")
def a_long_answer_can_be_given_up(journey):
    page = read(journey, filter_spec([journey.datacenter, journey.compute, journey.host], vim.ManagedEntity, ["name"]), maximum=2)
    journey.content.propertyCollector.CancelRetrievePropertiesEx(page.token)
    expect(vmodl.fault.InvalidArgument, journey.content.propertyCollector.ContinueRetrievePropertiesEx, page.token)


@sentence(simulator_lacks="ContinueRetrievePropertiesEx")
def a_page_that_is_none_cannot_be_continued(journey):
    expect(vmodl.fault.InvalidArgument, journey.content.propertyCollector.ContinueRetrievePropertiesEx, "none")


@sentence(simulator_lacks="CancelRetrievePropertiesEx")
def a_page_that_is_none_cannot_be_given_up(journey):
    expect(vmodl.fault.InvalidArgument, journey.content.propertyCollector.CancelRetrievePropertiesEx, "none")


@sentence
def the_first_update_is_the_state_as_it_is(journey):
    machine, own = journey.create_machine("collected"), collector(journey)
    spec = own.CreateFilter(filter_spec([machine], vim.VirtualMachine, ["name"]), True)
    update = wait(own, "")
    equal([("enter", machine)], kinds(update))
    equal([("assign", "name", "collected")], [(change.op, change.name, change.val) for change in changes(update)])
    equal(spec, update.filterSet[0].filter)


@sentence
def nothing_new_is_no_update(journey):
    machine, own = journey.create_machine("collected"), collector(journey)
    own.CreateFilter(filter_spec([machine], vim.VirtualMachine, ["name"]), True)
    equal(None, wait(own, wait(own, "").version))


@sentence
def a_change_is_an_update(journey):
    machine, own = journey.create_machine("collected"), collector(journey)
    own.CreateFilter(filter_spec([machine], vim.VirtualMachine, ["runtime.powerState"]), True)
    version = wait(own, "").version
    done(machine.PowerOnVM_Task())
    update = wait(own, version, 30)
    equal([("modify", machine)], kinds(update))
    equal([("runtime.powerState", "poweredOn")], [(change.name, change.val) for change in changes(update)])


@sentence
def an_object_that_goes_leaves(journey):
    machine, own = journey.create_machine("collected"), collector(journey)
    below = query.TraversalSpec(name="children", type=vim.Folder, path="childEntity", skip=False)
    own.CreateFilter(filter_spec([journey.datacenter.vmFolder], vim.VirtualMachine, ["name"], select=[below], skip=True), True)
    version = wait(own, "").version
    done(machine.Destroy_Task())
    contains(("leave", machine), kinds(wait(own, version, 30)))


@sentence
def an_object_that_comes_enters(journey):
    own = collector(journey)
    below = query.TraversalSpec(name="children", type=vim.Folder, path="childEntity", skip=False)
    own.CreateFilter(filter_spec([journey.datacenter.vmFolder], vim.ManagedEntity, ["name"], select=[below]), True)
    version = wait(own, "").version
    machine = journey.create_machine("collected")
    contains(("enter", machine), kinds(wait(own, version, 30)))


@sentence(simulator_differs="its version is the same for ever; vSphere refuses one that it did not give out last")
def a_version_that_is_none_is_refused(journey):
    own = collector(journey)
    own.CreateFilter(filter_spec([journey.host], vim.HostSystem, ["name"]), True)
    expect(vmodl.query.InvalidCollectorVersion, wait, own, "none")


@sentence(simulator_lacks="CheckForUpdates")
def updates_can_be_asked_for_without_waiting(journey):
    own = collector(journey)
    own.CreateFilter(filter_spec([journey.host], vim.HostSystem, ["name"]), True)
    version = own.CheckForUpdates("").version
    equal(None, own.CheckForUpdates(version))


@sentence
def the_older_wait_answers_the_same(journey):
    own = collector(journey)
    own.CreateFilter(filter_spec([journey.host], vim.HostSystem, ["name"]), True)
    equal([("enter", journey.host)], kinds(own.WaitForUpdates("")))


@sentence
def a_wait_can_be_cancelled(journey):
    own = collector(journey)
    own.CreateFilter(filter_spec([journey.host], vim.HostSystem, ["name"]), True)
    version, faults = own.WaitForUpdatesEx("").version, []

    def wait_in_vain():
        try:
            own.WaitForUpdatesEx(version)
        except vmodl.MethodFault as fault:
            faults.append(fault)

    waiting = threading.Thread(target=wait_in_vain)
    waiting.start()
    while waiting.is_alive():
        own.CancelWaitForUpdates()
        waiting.join(0.1)
    equal([vmodl.fault.RequestCanceled], [type(fault) for fault in faults])


@sentence
def a_destroyed_filter_reports_no_more(journey):
    machine, own = journey.create_machine("collected"), collector(journey)
    kept = own.CreateFilter(filter_spec([machine], vim.VirtualMachine, ["name"]), True)
    gone = own.CreateFilter(filter_spec([machine], vim.VirtualMachine, ["runtime.powerState"]), True)
    gone.Destroy()
    equal([kept], [update.filter for update in wait(own, "").filterSet])
    expect(vmodl.fault.ManagedObjectNotFound, gone.Destroy)


@sentence
def a_destroyed_collector_is_gone(journey):
    own = journey.content.propertyCollector.CreatePropertyCollector()
    own.Destroy()
    expect(vmodl.fault.ManagedObjectNotFound, own.CreateFilter, filter_spec([journey.host], vim.HostSystem, ["name"]), True)


@sentence(simulator_differs="its changes of the configuration reach no filter over a part of it")
def a_change_deep_inside_is_told_by_its_path(journey):
    machine, own = journey.create_machine("collected"), collector(journey)
    own.CreateFilter(filter_spec([machine], vim.VirtualMachine, ["config.hardware.memoryMB"]), True)
    version = wait(own, "").version
    reconfigure(machine, memoryMB=128)
    equal([("config.hardware.memoryMB", 128)], [(change.name, change.val) for change in changes(wait(own, version, 5))])


@sentence
def a_type_that_does_not_fit_selects_nothing(journey):
    equal([], list(read(journey, filter_spec([journey.host], vim.VirtualMachine, ["name"])).objects))


@sentence(simulator_differs="it reports the path in missingSet; vSphere refuses the call with InvalidProperty")
def a_path_that_is_none_is_refused(journey):
    fault = expect(vmodl.query.InvalidProperty, read, journey, filter_spec([journey.host], vim.HostSystem, ["name", "nonsense"]))
    equal("nonsense", fault.name)


@sentence(simulator_differs="it accepts any path until the filter is read")
def a_filter_over_a_path_that_is_none_is_refused(journey):
    own = collector(journey)
    expect(vmodl.query.InvalidProperty, own.CreateFilter, filter_spec([journey.host], vim.HostSystem, ["nonsense"]), True)
