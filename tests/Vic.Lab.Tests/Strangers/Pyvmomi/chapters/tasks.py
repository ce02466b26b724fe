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


@sentence
def recent_tasks_are_listed(journey):
    task = journey.create_machine("busy").PowerOnVM_Task()
    done(task)
    contains(task, journey.content.taskManager.recentTask)


@sentence(on="vcenter", simulator_lacks="CreateTask")
def a_task_of_ones_own_is_led_to_its_end(journey):
    task = create(journey)
    equal(("queued", "com.vmware.vic.tour", journey.datacenter), (task.info.state, task.info.descriptionId, task.info.entity))
    task.SetTaskState("running")
    task.UpdateProgress(40)
    task.SetTaskDescription(vmodl.LocalizableMessage(key="com.vmware.vic.tour", message="on its way"))
    equal(("running", 40, "on its way"), (task.info.state, task.info.progress, task.info.description.message))
    task.SetTaskState("success", "the result")
    equal(("success", "the result"), (task.info.state, read(task, "info.result")))


@sentence(on="vcenter", simulator_lacks="CreateTask")
def a_task_of_ones_own_fails_with_its_fault(journey):
    task = create(journey)
    task.SetTaskState("running")
    task.SetTaskState("error", None, vim.fault.NotFound(msg="lost"))
    expect(vim.fault.NotFound, done, task)


@sentence(on="vcenter", simulator_lacks="CreateTask")
def a_task_that_has_ended_stays_as_it_is(journey):
    task = create(journey)
    task.SetTaskState("running")
    task.SetTaskState("success")
    expect(vim.fault.InvalidState, task.SetTaskState, "running")
    expect(vim.fault.InvalidState, task.UpdateProgress, 50)


@sentence(on="vcenter", simulator_lacks="CreateTask")
def a_running_task_is_cancelled(journey):
    task = create(journey)
    task.SetTaskState("running")
    task.CancelTask()
    assert task.info.cancelled
    task.SetTaskState("error", None, vmodl.fault.RequestCanceled())


@sentence(on="vcenter", simulator_lacks="CreateTask")
def a_task_that_does_not_let_itself_be_cancelled_is_not(journey):
    task = create(journey, cancelable=False)
    task.SetTaskState("running")
    expect(vmodl.fault.NotSupported, task.CancelTask)
    task.SetTaskState("success")


@sentence(on="vcenter", simulator_lacks="CreateCollectorForTasks")
def the_history_of_tasks_is_read(journey):
    machine = journey.create_machine("busy")
    done(machine.PowerOnVM_Task())
    done(machine.PowerOffVM_Task())
    own = collector(journey, machine)
    own.RewindCollector()
    told = {info.descriptionId for info in own.ReadNextTasks(100)}
    for name in ("VirtualMachine.powerOn", "VirtualMachine.powerOff"):
        contains(name, told)
    equal([], list(own.ReadNextTasks(100)))
    assert own.ReadPreviousTasks(1)


@sentence(on="vcenter", simulator_lacks="CreateCollectorForTasks")
def a_count_of_tasks_is_positive(journey):
    own = collector(journey, journey.create_machine("busy"))
    expect(vmodl.fault.InvalidArgument, own.ReadNextTasks, 0)
    expect(vmodl.fault.InvalidArgument, own.ReadPreviousTasks, -1)
