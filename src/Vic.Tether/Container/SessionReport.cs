using Vic.Configuration;
using Vic.Guest.Rpc;

namespace Vic.Tether.Container;

/// <summary>Tells the host how a session fares, in the keys that a guest may write.</summary>
internal sealed class SessionReport(GuestRpc rpc, GuestInfoKey root, string id, SessionConfiguration session)
{
    private const string Running = "true";
    private const long NanosecondsPerTick = 100;

    public Task ReportStartedAsync()
    {
        // The configuration may still hold what was reported of the run before.
        session.ExitStatus = 0;
        session.StopTime = 0;
        session.Started = Running;
        session.StartTime = Now();
        return WriteAsync();
    }

    public Task ReportFailureAsync(string message)
    {
        session.Started = message;
        session.StopTime = Now();
        return WriteAsync();
    }

    public Task ReportExitAsync()
    {
        session.StopTime = Now();
        return WriteAsync();
    }

    private static long Now() => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * NanosecondsPerTick;

    private async Task WriteAsync()
    {
        var keys = new List<(string Name, string Value)>();
        session.Write(new GuestInfoWriter((name, value) => keys.Add((name, value)), filter: key => key.IsGuestWritable), root, id);
        foreach (var (name, value) in keys)
            await rpc.SetAsync(name, value, CancellationToken.None).ConfigureAwait(false);
    }
}
