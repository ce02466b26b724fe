using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>The events of the lab, newest last; the oldest are forgotten. Used under the store's lock.</summary>
internal sealed class EventLog
{
    private const int Kept = 10_000;

    private readonly LinkedList<Event> events = new();
    private readonly List<Action<Event>> listeners = [];
    private int lastKey;

    /// <summary>The events kept, oldest first.</summary>
    public IEnumerable<Event> All => events;

    public Event? Latest => events.Last?.Value;

    public void AddListener(Action<Event> listener) => listeners.Add(listener);

    public void RemoveListener(Action<Event> listener) => listeners.Remove(listener);

    /// <summary>Completes an event about a virtual machine and keeps it.</summary>
    public void PostMachineEvent(VmEvent occurred, VirtualMachineEntity machine, string userName, string message)
    {
        occurred.Vm = new VmEventArgument { Name = machine.Name, Vm = machine.Reference };
        if (machine.Host is { } host)
        {
            occurred.Host = new HostEventArgument { Name = host.Value, Host = host };
        }

        Post(occurred, userName, message);
    }

    public void Post(Event occurred, string userName, string message)
    {
        occurred.Key = ++lastKey;
        occurred.ChainId = occurred.Key;
        occurred.CreatedTime = DateTime.UtcNow;
        occurred.UserName = userName;
        occurred.FullFormattedMessage = message;
        events.AddLast(occurred);
        if (events.Count > Kept)
        {
            events.RemoveFirst();
        }

        foreach (var listener in listeners.ToArray())
        {
            listener(occurred);
        }
    }
}
