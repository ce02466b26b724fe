"""Task, TaskManager and TaskHistoryCollector."""
from pyVmomi import vim, vmodl

from checks import contains, done, equal, expect, read
from sentences import sentence


@sentence
def a_task_tells_what_it_did(journey):
    machine = journey.create_machine("busy")
    task = machine.PowerOnVM_Task()
    done(task)
    equal(("success", machine, "VirtualMachine.powerOn"), (task.info.state, task.info.entity, task.info.descriptionId))
    assert task.info.queueTime <= task.info.startTime <= task.info.completeTime
    equal(task, task.info.task)


@sentence
def a_task_tells_why_it_failed(journey):
    machine = journey.create_machine("busy")
    task = machine.PowerOffVM_Task()
    expect(vim.fault.InvalidPowerState, done, task)
    equal("error", task.info.state)
    assert isinstance(task.info.error, vim.fault.InvalidPowerState)


@sentence(simulator_differs="its entities know no recent tasks")
def an_entity_knows_its_recent_tasks(journey):
    machine = journey.create_machine("busy")
    task = machine.PowerOnVM_Task()
    done(task)
    contains(task, machine.recentTask)


@sentence(simulator_lacks="CancelTask")
def a_task_that_has_ended_cannot_be_cancelled(journey):
    task = journey.create_machine("busy").PowerOnVM_Task()
    done(task)
    expect((vim.fault.InvalidState, vmodl.fault.NotSupported), task.CancelTask)


def create(journey, cancelable=True):
    info = journey.content.taskManager.CreateTask(journey.datacenter, "com.vmware.vic.tour", "tour", cancelable)
    return info.task


def collector(journey, machine):
    own = journey.content.taskManager.CreateCollectorForTasks(vim.TaskFilterSpec(
        entity=vim.TaskFilterSpec.ByEntity(entity=machine, recursion="self")))
    journey.later(own.Remove)
    return own
