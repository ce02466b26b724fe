"""PerformanceManager."""
from pyVmomi import vim, vmodl

from checks import contains, done, equal, expect
from sentences import sentence

Manager = vim.PerformanceManager


def manager(journey):
    return journey.content.perfManager


def counters(journey):
    return {"%s.%s.%s" % (counter.groupInfo.key, counter.nameInfo.key, counter.rollupType): counter for counter in manager(journey).perfCounter}


@sentence(simulator_differs="it breaks off the connection")
def a_counter_is_asked_for(journey):
    wanted = counters(journey)["cpu.usage.average"]
    counter, = manager(journey).QueryPerfCounter([wanted.key])
    equal((wanted.key, "percent"), (counter.key, counter.unitInfo.key))


@sentence(simulator_differs="it breaks off the connection")
def a_counter_that_is_none_is_refused(journey):
    expect(vmodl.fault.InvalidArgument, manager(journey).QueryPerfCounter, [987654])


@sentence
def machines_and_hosts_are_measured_in_real_time(journey):
    for entity in (journey.create_machine("measured"), journey.host):
        summary = manager(journey).QueryPerfProviderSummary(entity)
        equal((entity, True, 20), (summary.entity, summary.currentSupported, summary.refreshRate))


@sentence(on="vcenter")
def a_datacenter_is_measured_afterwards(journey):
    assert not manager(journey).QueryPerfProviderSummary(journey.datacenter).currentSupported


@sentence
def an_entity_that_is_none_is_not_measured(journey):
    gone = vim.VirtualMachine("vm-99999", journey.service._stub)
    expect((vmodl.fault.InvalidArgument, vmodl.fault.ManagedObjectNotFound), manager(journey).QueryPerfProviderSummary, gone)


@sentence
def the_metrics_of_a_machine_are_listed(journey):
    machine = journey.create_machine("measured")
    done(machine.PowerOnVM_Task())
    available = {metric.counterId for metric in manager(journey).QueryAvailablePerfMetric(machine, None, None, 20)}
    contains(counters(journey)["cpu.usagemhz.average"].key, available)


@sentence
def counters_are_listed(journey):
    known = counters(journey)
    for name in ("cpu.usage.average", "cpu.usagemhz.average", "mem.consumed.average"):
        contains(name, known)


@sentence
def samples_are_queried(journey):
    machine = journey.create_machine("measured")
    done(machine.PowerOnVM_Task())
    key = counters(journey)["cpu.usagemhz.average"].key
    spec = Manager.QuerySpec(entity=machine, metricId=[Manager.MetricId(counterId=key, instance="")], intervalId=20, maxSample=3)
    measured, = manager(journey).QueryPerf([spec])
    equal(machine, measured.entity)
    contains(len(measured.sampleInfo), (1, 2, 3))
    equal([(key, len(measured.sampleInfo))], [(series.id.counterId, len(series.value)) for series in measured.value])


@sentence(simulator_differs="it answers numbers whatever the format")
def samples_come_as_text_on_request(journey):
    key = counters(journey)["cpu.usagemhz.average"].key
    spec = Manager.QuerySpec(
        entity=journey.host, metricId=[Manager.MetricId(counterId=key, instance="")], intervalId=20, maxSample=2, format="csv")
    measured, = manager(journey).QueryPerf([spec])
    assert isinstance(measured, Manager.EntityMetricCSV), type(measured)
    values = measured.value[0].value.split(",")
    contains(len(values), (1, 2))
    equal(2 * len(values), len(measured.sampleInfoCSV.split(",")))
