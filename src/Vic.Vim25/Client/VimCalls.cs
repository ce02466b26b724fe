namespace Vic.Vim25;

/// <summary>Tells whoever wants to know of the calls that a piece of work makes, on whichever servers.</summary>
public static class VimCalls
{
    private static readonly AsyncLocal<Action<VimCallReport>?> Current = new();

    /// <summary>
    /// Is told of each call of the asynchronous work that is begun while it is set, on any thread; null, the default, tells nobody. What the work does in the
    /// background for itself, as the wait for its tasks, counts; what other work does at the same time does not.
    /// </summary>
    public static Action<VimCallReport>? Observer
    {
        get => Current.Value;
        set => Current.Value = value;
    }
}
