namespace Vic.Lab.Api;

/// <summary>
/// Makes chosen vim25 calls fail, come late or be done twice, and keeps a log of the calls, so that a test can fail each call of an operation in
/// turn and count round trips.
/// Calls are numbered from 1 in order of arrival, over all sessions.
/// </summary>
public sealed class FaultPlan
{
    private const int LogLimit = 100_000;

    private readonly Lock gate = new();
    private readonly List<VimCall> calls = [];
    private readonly List<Rule> rules = [];
    private long count;

    /// <summary>How many calls have arrived.</summary>
    public long CallCount
    {
        get
        {
            lock (gate)
            {
                return count;
            }
        }
    }

    /// <summary>The calls that arrived, oldest first; the first 100,000 are kept.</summary>
    public IReadOnlyList<VimCall> Calls
    {
        get
        {
            lock (gate)
            {
                return [.. calls];
            }
        }
    }

    /// <summary>Makes one call go wrong: the Nth from now on, or the Nth of one method.</summary>
    /// <param name="number">1 for the next call.</param>
    /// <param name="failure">How it goes wrong.</param>
    /// <param name="method">Only calls of this method count, such as <c>PowerOnVM_Task</c>; null for any.</param>
    public void Fail(int number, CallFailure failure, string? method = null) => Add(number, new Rule { Method = method, Failure = failure });

    /// <summary>Makes one call wait before it is carried out. A caller who gives up meanwhile does not stop it.</summary>
    /// <param name="number">1 for the next call.</param>
    /// <param name="time">How long it waits; other calls go on.</param>
    /// <param name="method">Only calls of this method count; null for any.</param>
    public void Delay(int number, TimeSpan time, string? method = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        Add(number, new Rule { Method = method, Delay = time });
    }

    /// <summary>Does something when a call arrives, before it is carried out: cancel what the client is doing, for example.</summary>
    /// <param name="number">1 for the next call.</param>
    /// <param name="action">What to do; the call waits for it.</param>
    /// <param name="method">Only calls of this method count; null for any.</param>
    public void Do(int number, Action action, string? method = null) => Add(number, new Rule { Method = method, Action = action });

    /// <summary>Forgets the log and every failure not yet used.</summary>
    public void Reset()
    {
        lock (gate)
        {
            calls.Clear();
            rules.Clear();
            count = 0;
        }
    }

    /// <summary>Notes a call and tells what is to happen to it.</summary>
    internal CallTreatment Arrive(string sessionKey, string method, string target)
    {
        List<Action>? actions = null;
        CallFailure? failure = null;
        var delay = TimeSpan.Zero;
        lock (gate)
        {
            count++;
            if (calls.Count < LogLimit)
            {
                calls.Add(new VimCall(count, sessionKey, method, target));
            }

            foreach (var rule in rules)
            {
                if ((rule.Method is null || rule.Method == method) && --rule.Remaining == 0)
                {
                    failure ??= rule.Failure;
                    delay += rule.Delay;
                    if (rule.Action is { } action)
                    {
                        (actions ??= []).Add(action);
                    }
                }
            }

            rules.RemoveAll(rule => rule.Remaining <= 0);
        }

        actions?.ForEach(action => action());
        return new CallTreatment(failure, delay);
    }

    private void Add(int number, Rule rule)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        rule.Remaining = number;
        lock (gate)
        {
            rules.Add(rule);
        }
    }

    private sealed class Rule
    {
        public string? Method { get; init; }

        public CallFailure? Failure { get; init; }

        public TimeSpan Delay { get; init; }

        public Action? Action { get; init; }

        public int Remaining { get; set; }
    }
}
