using Vic.Lab.History;
using Vic.Lab.Inventory;
using Vic.Lab.Tasks;
using Vic.Vim25;

namespace Vic.Lab.Operations.Services;

/// <summary>TaskManager, TaskHistoryCollector, and tasks whose work a client does.</summary>
internal sealed class TaskManagerOperations(LabWorld world)
{
    public void AddTo(OperationTable table)
    {
        table.Add<CreateCollectorForTasksRequest, ServiceObject>(CreateCollector);
        table.Add<ReadNextTasksRequest, HistoryCollectorObject<VimTaskObject, TaskInfo>>((_, collector, request) =>
        {
            lock (world.Store.Gate)
            {
                return collector.ReadNext(request.MaxCount);
            }
        });
        table.Add<ReadPreviousTasksRequest, HistoryCollectorObject<VimTaskObject, TaskInfo>>((_, collector, request) =>
        {
            lock (world.Store.Gate)
            {
                return collector.ReadPrevious(request.MaxCount);
            }
        });
        table.Add<CreateTaskRequest, ServiceObject>(CreateTask);
        table.Add<UpdateProgressRequest, VimTaskObject>((_, task, request) => Change(task, info =>
        {
            if (request.PercentDone is < 0 or > 100)
            {
                throw Faults.New(new OutOfBounds { ArgumentName = "percentDone" }, "A task is done by 0 to 100 percent.");
            }

            if (info.State != TaskInfoState.Running)
            {
                throw Faults.InvalidState("Only a running task has progress: set its state first.");
            }

            info.Progress = request.PercentDone;
        }));
        table.Add<SetTaskDescriptionRequest, VimTaskObject>((_, task, request) => Change(task, info => info.Description = request.Description));
        table.Add<SetTaskStateRequest, VimTaskObject>((_, task, request) => Change(task, info => SetState(info, request)));
        table.Add<CancelTaskRequest, VimTaskObject>(Cancel);
    }

    private object? CreateCollector(OperationCall call, ServiceObject manager, CreateCollectorForTasksRequest request)
    {
        lock (world.Store.Gate)
        {
            CollectorLimits.Check(call.Session);
            if (request.Filter.Entity is { } wanted)
            {
                world.Get<Entity>(wanted.Entity);
            }

            var filter = new TaskFilter(world, call.Session.Account, request.Filter);
            var collector = new HistoryCollectorObject<VimTaskObject, TaskInfo>(
                call.Session.Objects.NewReference("TaskHistoryCollector"),
                world.Store,
                world.Tasks,
                request.Filter,
                pageSize: null,
                task => task.Number,
                filter.Matches,
                task => task.Info);
            call.Session.Objects.Add(collector);
            return collector.Reference;
        }
    }

    private object? CreateTask(OperationCall call, ServiceObject manager, CreateTaskRequest request)
    {
        lock (world.Store.Gate)
        {
            if (string.IsNullOrEmpty(request.TaskTypeId) || request.TaskTypeId.Length > 255)
            {
                throw Faults.InvalidArgument("taskTypeId", "Name the kind of task, with at most 255 characters.");
            }

            return world.Tasks.Announce(
                new TaskStart(world.Get<Entity>(request.Obj), request.TaskTypeId, request.TaskTypeId, request.InitiatedBy ?? call.Session.UserName),
                new TaskInfo
                {
                    Cancelable = request.Cancelable,
                    ParentTaskKey = request.ParentTaskKey,
                    ActivationId = request.ActivationId,
                });
        }
    }

    private object? Change(VimTaskObject task, Action<TaskInfo> change)
    {
        lock (world.Store.Gate)
        {
            if (!task.IsOfClient || task.IsComplete)
            {
                throw Faults.InvalidState("The task is complete, or the server does its work.");
            }

            world.Tasks.Change(task, change);
            return null;
        }
    }

    private object? Cancel(OperationCall call, VimTaskObject task, CancelTaskRequest request)
    {
        lock (world.Store.Gate)
        {
            if (!task.IsOf(call.Session.UserName))
            {
                world.Access.Demand(call.Session.Account, task, "Global.CancelTask");
            }

            if (task.IsComplete)
            {
                throw Faults.InvalidState("The task is complete.");
            }

            if (!task.Info.Cancelable)
            {
                throw Faults.NotSupported("CancelTask of a task that is not cancelable");
            }

            if (task.IsOfClient)
            {
                world.Tasks.Change(task, info => info.Cancelled = true);
            }

            task.Cancel();
            return null;
        }
    }

    private static void SetState(TaskInfo info, SetTaskStateRequest request)
    {
        if (request.State == TaskInfoState.Queued && info.State != TaskInfoState.Queued)
        {
            throw Faults.InvalidState("A task that has begun is not queued any more.");
        }

        info.State = request.State;
        info.StartTime ??= request.State == TaskInfoState.Queued ? null : DateTime.UtcNow;
        if (request.State is TaskInfoState.Success or TaskInfoState.Error)
        {
            info.Result = request.Result;
            info.Error = request.Fault;
            info.Progress = null;
            info.CompleteTime = DateTime.UtcNow;
        }
    }
}
