"""EventManager and EventHistoryCollector."""
from pyVmomi import vim, vmodl

from checks import contains, done, equal, expect, lacks
from sentences import sentence

Filter = vim.event.EventFilterSpec


def manager(journey):
    return journey.content.eventManager


def about(entity, *kinds):
    spec = Filter(entity=Filter.ByEntity(entity=entity, recursion="self"), eventTypeId=list(kinds))
    return spec


def names(events):
    return [type(event).__name__.split(".")[-1] for event in events]


def collector(journey, spec=None):
    own = manager(journey).CreateCollector(spec or Filter())
    journey.later(own.Remove)
    return own


@sentence(on="esx")
def a_host_queries_no_events(journey):
    expect((vmodl.fault.NotImplemented, vmodl.fault.NotSupported), manager(journey).QueryEvents, Filter())


@sentence
def what_happens_to_a_machine_is_told(journey):
    machine = journey.create_machine("eventful")
    done(machine.PowerOnVM_Task())
    done(machine.PowerOffVM_Task())
    told = names(collector(journey, about(machine)).latestPage)
    for name in ("VmCreatedEvent", "VmPoweredOnEvent", "VmPoweredOffEvent"):
        contains(name, told)


@sentence(on="vcenter")
def events_are_queried(journey):
    machine = journey.create_machine("eventful")
    event, = manager(journey).QueryEvents(about(machine, "VmCreatedEvent"))
    equal((machine, "eventful"), (event.vm.vm, event.vm.name))
    assert event.key and event.createdTime


@sentence
def a_type_of_events_is_chosen(journey):
    machine = journey.create_machine("eventful")
    done(machine.PowerOnVM_Task())
    equal(["VmPoweredOnEvent"], names(collector(journey, about(machine, "VmPoweredOnEvent")).latestPage))
    lacks("VmPoweredOnEvent", names(collector(journey, about(machine, "VmCreatedEvent")).latestPage))


@sentence
def an_event_is_posted(journey):
    machine = journey.create_machine("eventful")
    posted = vim.event.GeneralUserEvent(
        key=0, chainId=0, createdTime=journey.service.CurrentTime(), userName="", message="hello",
        vm=vim.event.VmEventArgument(name=machine.name, vm=machine))
    manager(journey).PostEvent(posted)
    told = [event for event in collector(journey, about(machine)).latestPage if isinstance(event, vim.event.GeneralUserEvent)]
    equal((["hello"], [journey.user]), ([event.message for event in told], [event.userName for event in told]))


@sentence
def events_are_read_forth_and_back(journey):
    machine = journey.create_machine("eventful")
    done(machine.PowerOnVM_Task())
    own = collector(journey, about(machine, "VmCreatedEvent", "VmPoweredOnEvent"))
    own.RewindCollector()
    first = own.ReadNextEvents(1)
    equal(1, len(first))
    second = own.ReadNextEvents(10)
    equal(1, len(second))
    equal([], list(own.ReadNextEvents(10)))
    equal([second[0].key], [event.key for event in own.ReadPreviousEvents(1)])


@sentence
def a_count_is_positive(journey):
    own = collector(journey)
    expect(vmodl.fault.InvalidArgument, own.ReadNextEvents, 0)
    expect(vmodl.fault.InvalidArgument, own.ReadPreviousEvents, -1)


@sentence(simulator_differs="it shows the old page")
def a_page_is_as_long_as_asked_for(journey):
    machine = journey.create_machine("eventful")
    done(machine.PowerOnVM_Task())
    done(machine.PowerOffVM_Task())
    own = collector(journey, about(machine))
    own.SetCollectorPageSize(2)
    equal(2, len(own.latestPage))
    expect(vmodl.fault.InvalidArgument, own.SetCollectorPageSize, 1001)


@sentence
def the_page_follows_what_happens(journey):
    machine = journey.create_machine("eventful")
    own = collector(journey, about(machine))
    lacks("VmPoweredOnEvent", names(own.latestPage))
    done(machine.PowerOnVM_Task())
    contains("VmPoweredOnEvent", names(own.latestPage))


@sentence
def a_destroyed_collector_is_gone(journey):
    own = manager(journey).CreateCollector(Filter())
    own.Remove()
    expect(vmodl.fault.ManagedObjectNotFound, own.ReadNextEvents, 1)


@sentence
def a_reset_collector_stands_behind_its_page(journey):
    machine = journey.create_machine("eventful")
    done(machine.PowerOnVM_Task())
    own = collector(journey, about(machine))
    own.SetCollectorPageSize(1)
    own.ResetCollector()
    assert own.ReadPreviousEvents(100)
