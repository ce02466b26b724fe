using Vic.Lab.Authorization;
using Vic.Lab.Inventory;
using Vic.Lab.Tasks;
using Vic.Vim25;

namespace Vic.Lab.Operations.Services;

/// <summary>Which tasks a specification takes, of those that a user may read about. Used under the store's lock.</summary>
internal sealed class TaskFilter(LabWorld world, UserAccount user, TaskFilterSpec spec)
{
    public bool Matches(VimTaskObject task)
    {
        var info = task.Info;
        return MatchesEntity(info)
            && MatchesTime(info)
            && MatchesUser(info)
            && (spec.State is not { Count: > 0 } states || states.Contains(info.State))
            && (spec.EventChainId is not { Count: > 0 } chains || chains.Contains(info.EventChainId))
            && (spec.ActivationId is not { Count: > 0 } activations || (info.ActivationId is { } activation && activations.Contains(activation)))
            && (spec.ParentTaskKey is not { Count: > 0 } parents || (info.ParentTaskKey is { } parent && parents.Contains(parent)))
            && (spec.RootTaskKey is not { Count: > 0 } roots || (info.RootTaskKey is { } root && roots.Contains(root)))
            && (spec.Tag is not { Count: > 0 } tags || (info.ChangeTag is { } tag && tags.Contains(tag)))
            && (task.IsOf(user.Name) || world.Access.Has(user, task, Privileges.View));
    }

    private bool MatchesEntity(TaskInfo info)
    {
        if (spec.Entity is not { } wanted)
        {
            return true;
        }

        var self = info.Entity == wanted.Entity || (info.Entity is null && wanted.Entity == world.Content.RootFolder);
        var isBelow = info.Entity is { } reference
            && world.Store.Find<Entity>(reference) is { } entity
            && world.Access.Above(entity).Any(above => above.Reference == wanted.Entity);
        return wanted.Recursion switch
        {
            TaskFilterSpecRecursionOption.Self => self,
            TaskFilterSpecRecursionOption.Children => isBelow,
            _ => self || isBelow,
        };
    }

    private bool MatchesTime(TaskInfo info)
    {
        if (spec.Time is not { } wanted)
        {
            return true;
        }

        var time = wanted.TimeType switch
        {
            TaskFilterSpecTimeOption.StartedTime => info.StartTime,
            TaskFilterSpecTimeOption.CompletedTime => info.CompleteTime,
            _ => info.QueueTime,
        };
        return time is { } known
            && (wanted.BeginTime is not { } begin || known >= begin)
            && (wanted.EndTime is not { } end || known <= end);
    }

    private bool MatchesUser(TaskInfo info)
        => spec.UserName is not { } wanted
            || (info.Reason is TaskReasonUser reason
                ? wanted.UserList is not { Count: > 0 } users || users.Contains(reason.UserName)
                : wanted.SystemUser);
}
