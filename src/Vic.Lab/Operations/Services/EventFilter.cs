using Vic.Lab.Authorization;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.Services;

/// <summary>Which events a specification takes, of those that a user may read about. Used under the store's lock.</summary>
internal sealed class EventFilter(LabWorld world, UserAccount user, EventFilterSpec spec)
{
    public bool Matches(EventRecord record)
    {
        var occurred = record.Event;
        return MatchesEntity(record)
            && (spec.Time?.BeginTime is not { } begin || occurred.CreatedTime >= begin)
            && (spec.Time?.EndTime is not { } end || occurred.CreatedTime <= end)
            && MatchesUser(occurred)
            && (spec.EventChainId is not { } chain || occurred.ChainId == chain)
            && (spec.Category is not { Count: > 0 } categories || categories.Contains(EventCatalog.CategoryOf(occurred)))
            && MatchesType(occurred, spec.Type)
            && MatchesType(occurred, spec.EventTypeId)
            && (spec.Tag is not { Count: > 0 } tags || (occurred.ChangeTag is { } tag && tags.Contains(tag)))
            && IsReadable(record);
    }

    /// <summary>The event as the client wants it.</summary>
    public Event Show(EventRecord record)
    {
        if (spec.DisableFullMessage is not true)
        {
            return record.Event;
        }

        var bare = record.Event.ShallowClone();
        bare.FullFormattedMessage = null;
        return bare;
    }

    private bool MatchesEntity(EventRecord record)
    {
        if (spec.Entity is not { } wanted)
        {
            return true;
        }

        // What names no entity happened to the service, which is where the root folder is.
        var self = record.Subjects.Contains(wanted.Entity) || (record.Subjects.Count == 0 && wanted.Entity == world.Content.RootFolder);
        return wanted.Recursion switch
        {
            EventFilterSpecRecursionOption.Self => self,
            EventFilterSpecRecursionOption.Children => record.Above.Contains(wanted.Entity),
            _ => self || record.Above.Contains(wanted.Entity),
        };
    }

    private bool MatchesUser(Event occurred)
        => spec.UserName is not { } wanted
            || (occurred.UserName.Length == 0 ? wanted.SystemUser : wanted.UserList is not { Count: > 0 } users || users.Contains(occurred.UserName));

    private bool IsReadable(EventRecord record)
        => world.Access.IsUnrestricted(user)
            || (record.Subjects.Count == 0
                ? world.Access.Has(user, world.Access.Root, Privileges.Read)
                : record.Subjects.Select(world.Store.Find<Entity>).OfType<Entity>().Any(entity => world.Access.Has(user, entity, Privileges.Read)));

    private static bool MatchesType(Event occurred, List<string>? types)
        => types is not { Count: > 0 } || types.Exists(type => EventCatalog.Is(occurred, type));
}
