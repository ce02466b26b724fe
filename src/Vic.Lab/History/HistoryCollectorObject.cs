using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.History;

/// <summary>
/// A history collector of a session: a latest page that stays current, and a position from which a client reads on and back. The position is a number
/// of the history, so what is forgotten meanwhile moves nothing.
/// </summary>
internal abstract class HistoryCollectorObject : ManagedObject, IDisposable
{
    /// <summary>The largest page.</summary>
    public const int PageLimit = 1000;

    private const int DefaultPage = 10;

    protected HistoryCollectorObject(ManagedObjectReference reference, object filter, int? pageSize)
        : base(reference)
    {
        PageSize = CheckCount(pageSize is null or 0 ? DefaultPage : pageSize.Value);
        Write("filter", filter);
        Write("latestPage", null);
    }

    protected int PageSize { get; private set; }

    /// <summary>Everything up to here has been passed; zero before the oldest.</summary>
    protected int Position { get; set; }

    public void SetPageSize(int count)
    {
        PageSize = CheckCount(count);
        ChangePage();
    }

    /// <summary>Goes to before the oldest.</summary>
    public void Rewind() => Position = 0;

    /// <summary>Goes to right before the latest page.</summary>
    public abstract void Reset();

    public abstract void Dispose();

    protected abstract void ChangePage();

    /// <exception cref="VimFaultException">The count is none that a page can have.</exception>
    protected static int CheckCount(int count)
        => count is > 0 and <= PageLimit ? count : throw Faults.InvalidArgument("maxCount", $"A page has 1 to {PageLimit} items.");
}

/// <summary>A history collector over some kind of things that happened.</summary>
/// <typeparam name="T">What the history keeps.</typeparam>
/// <typeparam name="TItem">What clients read of it.</typeparam>
internal sealed class HistoryCollectorObject<T, TItem> : HistoryCollectorObject
{
    private readonly InventoryStore store;
    private readonly IHistory<T> history;
    private readonly Func<T, int> number;
    private readonly Func<T, bool> matches;
    private readonly Func<T, TItem> show;
    private List<TItem>? page;

    /// <param name="reference">The collector's own reference.</param>
    /// <param name="store">Whose lock guards the history.</param>
    /// <param name="history">What to read from.</param>
    /// <param name="filter">The filter, as clients see it.</param>
    /// <param name="pageSize">The size of the latest page; null for the usual one.</param>
    /// <param name="number">Tells an item's number; a later one has a larger number.</param>
    /// <param name="matches">Whether the filter takes an item.</param>
    /// <param name="show">Makes of an item what clients read.</param>
    public HistoryCollectorObject(
        ManagedObjectReference reference,
        InventoryStore store,
        IHistory<T> history,
        object filter,
        int? pageSize,
        Func<T, int> number,
        Func<T, bool> matches,
        Func<T, TItem> show)
        : base(reference, filter, pageSize)
    {
        this.store = store;
        this.history = history;
        this.number = number;
        this.matches = matches;
        this.show = show;
        history.AddListener(Happened);
    }

    private IEnumerable<T> Matching => history.All.Where(matches);

    public override object? Read(string name) => name == "latestPage" ? page ??= [.. Latest().Select(show)] : base.Read(name);

    /// <summary>The next newer items, oldest first.</summary>
    public List<TItem> ReadNext(int count)
    {
        var next = Matching.Where(item => number(item) > Position).Take(CheckCount(count)).ToList();
        Position = next.Count > 0 ? number(next[^1]) : Position;
        return [.. next.Select(show)];
    }

    /// <summary>The next older items, newest first.</summary>
    public List<TItem> ReadPrevious(int count)
    {
        var previous = Matching.Where(item => number(item) <= Position).TakeLast(CheckCount(count)).Reverse().ToList();
        Position = previous.Count > 0 ? number(previous[^1]) - 1 : Position;
        return [.. previous.Select(show)];
    }

    public override void Reset() => Position = Latest() is [.., var oldest] ? number(oldest) - 1 : int.MaxValue;

    public override void Dispose()
    {
        lock (store.Gate)
        {
            history.RemoveListener(Happened);
        }
    }

    protected override void ChangePage()
    {
        var old = page;
        page = null;
        Announce(new ValueChange("latestPage", old, null));
    }

    private void Happened(T item)
    {
        if (matches(item))
        {
            ChangePage();
        }
    }

    /// <summary>The latest page, newest first.</summary>
    private List<T> Latest() => [.. Matching.TakeLast(PageSize).Reverse()];
}
