using Vic.Lab.Inventory;
using Vic.Lab.Tasks;
using Vic.Vim25;

namespace Vic.Lab.Operations;

/// <summary>Task.</summary>
internal sealed class TaskOperations(LabWorld world)
{
    public void AddTo(OperationTable table)
        => table.Add<CancelTaskRequest, VimTaskObject>((call, task, _) =>
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

                task.Cancel();
                return null;
            }
        });
}
