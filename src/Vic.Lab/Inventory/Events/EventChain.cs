namespace Vic.Lab.Inventory;

/// <summary>While a task runs, the events that it leads to have the chain id of the event that told of the task.</summary>
internal sealed class EventChain : IDisposable
{
    private static readonly AsyncLocal<EventChain?> Running = new();

    private int? id;

    private EventChain(int id) => this.id = id;

    /// <summary>The chain of the task that runs here; null outside of tasks.</summary>
    public static int? Current => Running.Value?.id;

    /// <summary>Begins a chain in the task that calls this; it ends when it is disposed.</summary>
    public static EventChain Begin(int id) => Running.Value = new EventChain(id);

    // What the task started, such as a machine, lives on in the task's context: it must not go on with the chain.
    public void Dispose() => id = null;
}
