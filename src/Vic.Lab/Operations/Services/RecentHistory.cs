using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.Services;

/// <summary>Keeps EventManager's <c>latestEvent</c>, TaskManager's <c>recentTask</c> and the log current.</summary>
internal static class RecentHistory
{
    private const int RecentTasks = 100;

    public static void Follow(LabWorld world)
    {
        var events = world.Get<ServiceObject>(world.Content.EventManager!.Value);
        var tasks = world.Get<ServiceObject>(world.Content.TaskManager!.Value);
        world.Events.AddListener(record =>
        {
            events.Write("latestEvent", record.Event);
            world.Log.Add(
                EventCatalog.CategoryOf(record.Event), record.Event.WireType, record.Event.FullFormattedMessage ?? string.Empty, record.Event.Host?.Host);
        });
        world.Tasks.AddListener(task =>
        {
            var recent = tasks.Read<List<ManagedObjectReference>>("recentTask") ?? [];
            if (!recent.Contains(task.Reference))
            {
                tasks.Write("recentTask", recent.Append(task.Reference).TakeLast(RecentTasks).ToList());
            }
        });
        world.Sessions.Ended += session =>
        {
            lock (world.Store.Gate)
            {
                world.Events.Post(
                    new UserLogoutSessionEvent
                    {
                        IpAddress = session.Address,
                        UserAgent = session.UserAgent,
                        CallCount = session.CallCount,
                        SessionId = session.Key,
                        LoginTime = session.LoginTime.UtcDateTime,
                    },
                    session.UserName,
                    $"User {session.UserName}@{session.Address} logged out.");
            }
        };
    }
}
