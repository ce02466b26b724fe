using Vic.Guest.Processes;
using Vic.Guest.Sessions;

namespace Vic.Guest.Tests.Sessions;

/// <summary>A guest whose processes are pipes in the test's hands.</summary>
internal sealed class ScriptedHost : ISessionHost
{
    public ScriptedProcess Main { get; } = new();

    public List<string> Calls { get; } = [];

    public Func<ExecuteRequest, ScriptedProcess> Execute { get; set; } =
        _ => throw new LaunchException(LaunchFailure.NotFound, "no such file");

    public LaunchException? MainFailure { get; set; }

    public ValueTask<ISessionProcess> StartMainAsync(CancellationToken cancellationToken) =>
        MainFailure is null ? ValueTask.FromResult<ISessionProcess>(Main) : throw MainFailure;

    public ValueTask<ISessionProcess> ExecuteAsync(ExecuteRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ISessionProcess>(Execute(request));

    public ValueTask ReloadAsync(CancellationToken cancellationToken)
    {
        lock (Calls)
            Calls.Add("reload");
        return ValueTask.CompletedTask;
    }

    public ValueTask ShutdownAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        lock (Calls)
            Calls.Add($"shutdown {grace.TotalSeconds}");
        return ValueTask.CompletedTask;
    }
}
