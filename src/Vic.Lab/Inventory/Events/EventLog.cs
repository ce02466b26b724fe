using Vic.Lab.History;
using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>The events of the lab, newest last; the oldest are forgotten. Used under the store's lock.</summary>
internal sealed class EventLog(InventoryStore store) : IHistory<EventRecord>
{
    private const int Kept = 10_000;

    private readonly Queue<EventRecord> records = new();
    private readonly List<Action<EventRecord>> listeners = [];
    private readonly EventScope scope = new(store);
    private int lastKey;

    /// <summary>The events kept, oldest first.</summary>
    public IEnumerable<EventRecord> All => records;

    public void AddListener(Action<EventRecord> listener) => listeners.Add(listener);

    public void RemoveListener(Action<EventRecord> listener) => listeners.Remove(listener);

    /// <summary>Completes an event about a virtual machine and keeps it.</summary>
    public void PostMachineEvent(VmEvent occurred, VirtualMachineEntity machine, string userName, string message)
        => Post(occurred, userName, message, machine);

    /// <summary>Completes an event and keeps it.</summary>
    /// <param name="occurred">What happened.</param>
    /// <param name="userName">Who did it; empty for the system.</param>
    /// <param name="message">What happened, for people.</param>
    /// <param name="subject">The entity that it is about; null for the service as a whole.</param>
    public void Post(Event occurred, string userName, string message, Entity? subject = null)
    {
        occurred.Key = ++lastKey;
        occurred.ChainId = EventChain.Current ?? occurred.Key;
        occurred.CreatedTime = DateTime.UtcNow;
        occurred.UserName = userName;
        occurred.FullFormattedMessage = message;
        if (subject is not null)
        {
            scope.Describe(occurred, subject);
        }

        var record = scope.Record(occurred);
        records.Enqueue(record);
        if (records.Count > Kept)
        {
            records.Dequeue();
        }

        foreach (var listener in listeners.ToArray())
        {
            listener(record);
        }
    }
}
