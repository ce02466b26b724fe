namespace Vic.Lab.Api;

/// <summary>
/// Makes chosen vim25 calls fail and keeps a log of the calls, so that a test can fail each call of an operation in turn and count round trips.
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

    /// <summary>Makes one call fail: the Nth from now on, or the Nth of one method.</summary>
    /// <param name="number">1 for the next call.</param>
    /// <param name="failure">How it fails.</param>
    /// <param name="method">Only calls of this method count, such as <c>PowerOnVM_Task</c>; null for any.</param>
    public void Fail(int number, CallFailure failure, string? method = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        lock (gate)
        {
            rules.Add(new Rule(method, failure, null) { Remaining = number });
        }
    }

    /// <summary>Does something when a call arrives, before it is carried out: cancel what the client is doing, for example.</summary>
    /// <param name="number">1 for the next call.</param>
    /// <param name="action">What to do; the call waits for it.</param>
    public void Do(int number, Action action)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        lock (gate)
        {
            rules.Add(new Rule(null, null, action) { Remaining = number });
        }
    }

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

    /// <summary>Notes a call and tells how it must fail, if it must.</summary>
    internal CallFailure? Arrive(string sessionKey, string method, string target)
    {
        List<Action>? actions = null;
        CallFailure? failure = null;
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
                    if (rule.Action is { } action)
                    {
                        (actions ??= []).Add(action);
                    }
                }
            }

            rules.RemoveAll(rule => rule.Remaining <= 0);
        }

        actions?.ForEach(action => action());
        return failure;
    }

    private sealed class Rule(string? method, CallFailure? failure, Action? action)
    {
        public string? Method { get; } = method;

        public CallFailure? Failure { get; } = failure;

        public Action? Action { get; } = action;

        public int Remaining { get; set; }
    }
}
