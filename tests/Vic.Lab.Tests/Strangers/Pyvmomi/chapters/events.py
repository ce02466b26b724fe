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
