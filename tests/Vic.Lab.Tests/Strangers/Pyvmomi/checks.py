"""The checks that sentences are made of."""
from pyVmomi import vim, vmodl

query = vmodl.query.PropertyCollector
ENDED = ("success", "error")


def expect(fault, call, *arguments, **named):
    """The call ends with this fault, or with one of these; answers it."""
    try:
        call(*arguments, **named)
    except fault as raised:
        return raised
    raise AssertionError("no %s" % (fault,))


def expect_failed(fault, start, *arguments, **named):
    """The task ends with this fault, or is refused with it at once; answers it."""
    return expect(fault, lambda: done(start(*arguments, **named)))


def done(task):
    """Waits for a task; answers its result, or raises its fault.

    It reads parts of the task's information only, for in the simulator's some tasks belong to entities that pyvmomi takes for none.
    """
    state = wait(task)
    if state == "error":
        raise read(task, "info.error")
    return read(task, "info.result")


def wait(task):
    """Waits until a task has ended; answers its state."""
    state = read(task, "info.state")
    if state in ENDED:
        return state
    collector = vim.ServiceInstance("ServiceInstance", task._stub).content.propertyCollector
    watch = collector.CreateFilter(one(task, "info.state"), True)
    try:
        version = ""
        while state not in ENDED:
            update = collector.WaitForUpdatesEx(version)
            version = update.version
            for changed in update.filterSet[0].objectSet:
                for change in changed.changeSet:
                    state = change.val
        return state
    finally:
        watch.Destroy()


def read(entity, path):
    """One property by its path, or None."""
    collector = vim.ServiceInstance("ServiceInstance", entity._stub).content.propertyCollector
    content, = collector.RetrieveProperties([one(entity, path)])
    return content.propSet[0].val if content.propSet else None


def one(entity, path):
    return query.FilterSpec(
        propSet=[query.PropertySpec(type=type(entity), pathSet=[path])], objectSet=[query.ObjectSpec(obj=entity)])


def equal(expected, actual):
    assert expected == actual, "expected %r, not %r" % (expected, actual)


def contains(part, whole):
    assert part in whole, "%r is not in %r" % (part, whole)


def lacks(part, whole):
    assert part not in whole, "%r is in %r" % (part, whole)


def same(expected, actual):
    """The same members in any order."""
    equal(sorted(expected, key=str), sorted(actual, key=str))
