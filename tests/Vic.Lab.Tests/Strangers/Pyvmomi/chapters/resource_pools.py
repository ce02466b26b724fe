"""ResourcePool."""
from pyVmomi import vim, vmodl

from checks import contains, done, equal, expect, expect_failed, lacks
from journey import allocation, exists, resources
from sentences import sentence


@sentence
def a_pool_is_created_below_its_parent(journey):
    pool = journey.create_pool("made")
    equal(("made", journey.pool, journey.pool.owner), (pool.name, pool.parent, pool.owner))
    contains(pool, journey.pool.resourcePool)
    equal((0, -1), (pool.config.cpuAllocation.reservation, pool.config.memoryAllocation.limit))


@sentence
def a_second_pool_of_a_name_is_refused(journey):
    pool = journey.create_pool("made")
    fault = expect(vim.fault.DuplicateName, journey.create_pool, "made")
    equal(("made", pool), (fault.name, fault.object))


@sentence
def a_pool_is_reconfigured(journey):
    pool = journey.create_pool("made")
    pool.UpdateConfig("renamed", resources(cpu=allocation(limit=1000), memory=allocation(limit=256)))
    equal(("renamed", 1000, 256), (pool.name, pool.config.cpuAllocation.limit, pool.config.memoryAllocation.limit))


@sentence(simulator_differs="it looks among the pool's children")
def a_pool_does_not_take_the_name_of_another(journey):
    journey.create_pool("other")
    pool = journey.create_pool("made")
    expect(vim.fault.DuplicateName, pool.UpdateConfig, "other", None)


@sentence
def a_destroyed_pool_leaves_its_machines_to_its_parent(journey):
    pool = journey.create_pool("made")
    machine = journey.create_machine("inside", pool=pool)
    done(pool.Destroy_Task())
    assert not exists(pool)
    equal(journey.pool, machine.resourcePool)
    contains(machine, journey.pool.vm)


@sentence(simulator_differs="a child stays with the parent that is gone")
def a_destroyed_pool_leaves_its_children_to_its_parent(journey):
    pool = journey.create_pool("made")
    child = journey.create_pool("orphan", pool)
    done(pool.Destroy_Task())
    equal(journey.pool, child.parent)


@sentence
def the_root_pool_stays(journey):
    expect_failed((vmodl.fault.InvalidArgument, vmodl.fault.NotSupported), journey.pool.Destroy_Task)


@sentence(simulator_lacks="MoveIntoResourcePool")
def machines_and_pools_move_into_a_pool(journey):
    pool = journey.create_pool("made")
    child, machine = journey.create_pool("child"), journey.create_machine("moved")
    pool.MoveIntoResourcePool([child, machine])
    equal((pool, pool), (child.parent, machine.resourcePool))
    contains(machine, pool.vm)
    lacks(machine, journey.pool.vm)


@sentence
def a_machine_is_created_in_a_pool(journey):
    pool = journey.create_pool("made")
    machine = journey.create_machine("inside", pool=pool)
    equal(pool, machine.resourcePool)
    contains(machine, pool.vm)


@sentence
def a_pool_needs_a_whole_allocation(journey):
    expect(vmodl.fault.InvalidArgument, journey.create_pool, "made", cpu=vim.ResourceAllocationInfo(reservation=0))


@sentence
def a_negative_reservation_is_refused(journey):
    expect(vmodl.fault.InvalidArgument, journey.create_pool, "made", cpu=allocation(reservation=-1))


@sentence
def a_limit_below_unlimited_is_refused(journey):
    expect(vmodl.fault.InvalidArgument, journey.create_pool, "made", memory=allocation(limit=-2))


@sentence(simulator_differs="it does not count reservations; vSphere refuses with InsufficientResourcesFault")
def more_than_there_is_cannot_be_reserved(journey):
    expect(vim.fault.InsufficientResourcesFault, journey.create_pool, "made", memory=allocation(reservation=1 << 40))


@sentence(simulator_differs="it does not count reservations")
def a_pool_that_may_not_expand_keeps_its_children_within_its_reservation(journey):
    parent = journey.create_pool("made", memory=allocation(reservation=64, expandable=False))
    expect(vim.fault.InsufficientResourcesFault, journey.create_pool, "greedy", parent, memory=allocation(reservation=65))
    journey.create_pool("child", parent, memory=allocation(reservation=64))


@sentence
def a_pool_with_a_wrong_allocation_stays_as_it_was(journey):
    pool = journey.create_pool("made")
    expect(vmodl.fault.InvalidArgument, pool.UpdateConfig, None, resources(cpu=allocation(reservation=-1)))
    equal(0, pool.config.cpuAllocation.reservation)


@sentence(simulator_lacks="DestroyChildren")
def children_are_destroyed_and_machines_move_up(journey):
    pool = journey.create_pool("made")
    child = journey.create_pool("child", pool)
    machine = journey.create_machine("inside", pool=child)
    pool.DestroyChildren()
    equal([], list(pool.resourcePool))
    equal(pool, machine.resourcePool)


@sentence(simulator_lacks="MoveIntoResourcePool")
def a_pool_does_not_move_below_itself(journey):
    pool = journey.create_pool("made")
    child = journey.create_pool("child", pool)
    expect((vmodl.fault.InvalidArgument, vmodl.fault.NotSupported), child.MoveIntoResourcePool, [pool])


@sentence
def a_pool_that_is_no_vapp_creates_no_child_machines(journey):
    spec = vim.vm.ConfigSpec(name="astray", memoryMB=64, files=vim.vm.FileInfo(vmPathName=journey.path()))
    expect_failed((vmodl.fault.NotSupported, vmodl.fault.MethodNotFound), journey.create_pool("made").CreateChildVM_Task, spec)
