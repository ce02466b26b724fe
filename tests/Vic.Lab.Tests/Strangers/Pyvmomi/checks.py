"""The checks that sentences are made of."""
from pyVim.task import WaitForTask


def expect(fault, call, *arguments, **named):
    """The call ends with this fault; answers it."""
    try:
        call(*arguments, **named)
    except fault as raised:
        return raised
    raise AssertionError("no %s" % (fault,))


def expect_failed(fault, start, *arguments, **named):
    """The task ends with this fault, or is refused with it at once; answers it."""
    return expect(fault, lambda: done(start(*arguments, **named)))


def done(task):
    """Waits for a task; answers its result."""
    WaitForTask(task)
    return task.info.result


def equal(expected, actual):
    assert expected == actual, "expected %r, not %r" % (expected, actual)


def contains(part, whole):
    assert part in whole, "%r is not in %r" % (part, whole)


def lacks(part, whole):
    assert part not in whole, "%r is in %r" % (part, whole)


def same(expected, actual):
    """The same members in any order."""
    equal(sorted(expected, key=str), sorted(actual, key=str))
