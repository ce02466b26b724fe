"""ViewManager, ContainerView, ListView."""
from pyVmomi import vim, vmodl

from checks import contains, done, equal, expect, lacks, same
from sentences import sentence


def container(journey, root=None, kinds=(), recursive=True):
    view = journey.content.viewManager.CreateContainerView(root or journey.content.rootFolder, list(kinds), recursive)
    journey.later(view.Destroy)
    return view


def listed(journey, objects=()):
    view = journey.content.viewManager.CreateListView(list(objects))
    journey.later(view.Destroy)
    return view


@sentence
def a_view_shows_what_is_below_its_container(journey):
    view = container(journey, kinds=[vim.HostSystem])
    contains(journey.host, view.view)
    equal(journey.content.rootFolder, view.container)


@sentence
def a_base_type_stands_for_its_descendants(journey):
    view = container(journey, kinds=[vim.ManagedEntity])
    for entity in (journey.datacenter, journey.compute, journey.host, journey.datastore, journey.pool):
        contains(entity, view.view)
    lacks(journey.content.rootFolder, view.view)


@sentence
def a_view_that_is_not_recursive_shows_the_children_only(journey):
    same(journey.content.rootFolder.childEntity, container(journey, recursive=False).view)


@sentence
def a_view_follows_what_comes_and_goes(journey):
    view = container(journey, kinds=[vim.VirtualMachine])
    machine = journey.create_machine("viewed")
    contains(machine, view.view)
    done(machine.Destroy_Task())
    lacks(machine, view.view)


@sentence
def a_list_view_holds_what_it_is_given(journey):
    view = listed(journey, [journey.host])
    equal([journey.host], view.view)
    equal([], list(view.Modify([journey.pool, journey.datacenter], [journey.host])))
    same([journey.pool, journey.datacenter], view.view)
    equal([], list(view.Reset([journey.host])))
    equal([journey.host], view.view)


@sentence(simulator_differs="it refuses the whole call with ManagedObjectNotFound; ModifyListView answers what it could not resolve")
def a_list_view_names_what_it_does_not_know(journey):
    gone = vim.VirtualMachine("vm-99999", journey.service._stub)
    view = listed(journey)
    equal([gone], list(view.Modify([gone, journey.host], None)))
    equal([journey.host], view.view)


@sentence
def a_view_that_is_destroyed_is_gone(journey):
    view = journey.content.viewManager.CreateListView([])
    view.Destroy()
    expect(vmodl.fault.ManagedObjectNotFound, view.Reset, [])


@sentence
def a_view_belongs_to_its_session(journey):
    view = listed(journey)
    other = journey.visit()
    expect(vmodl.fault.ManagedObjectNotFound, vim.view.ListView(view._moId, other._stub).Reset, [])


@sentence
def a_type_that_is_no_entity_is_refused(journey):
    expect(vmodl.fault.InvalidArgument, container, journey, kinds=[vim.Task])


@sentence(simulator_differs="it keeps no viewList")
def the_view_manager_lists_the_sessions_views(journey):
    view = listed(journey)
    contains(view, journey.content.viewManager.viewList)
