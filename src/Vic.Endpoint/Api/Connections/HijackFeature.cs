namespace Vic.Endpoint.Api.Connections;

/// <summary>What the connection and the request on it tell each other about leaving HTTP.</summary>
public sealed class HijackFeature
{
    private TaskCompletionSource<bool> _decision = Decided();
    private volatile bool _takenOver;

    /// <summary>The body that was taken out of the current request's head; null when none was.</summary>
    public byte[]? Body { get; private set; }

    /// <summary>Whether the connection has left HTTP.</summary>
    public bool IsTakenOver => _takenOver;

    /// <summary>The request leaves HTTP: from now on the client's half-close is not the end of the connection.</summary>
    public void TakeOver()
    {
        _takenOver = true;
        _decision.TrySetResult(true);
    }

    /// <summary>The request was answered.</summary>
    public void RequestEnded()
    {
        Body = null;
        _decision.TrySetResult(_takenOver);
    }

    /// <summary>A head that asks for an upgrade goes to the server, with the body that was taken out of it.</summary>
    internal void UpgradeAsked(byte[]? body)
    {
        Body = body;
        _decision = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Completes when the server has decided; true when the connection has left HTTP.</summary>
    internal Task<bool> DecisionAsync(CancellationToken cancellationToken) => _decision.Task.WaitAsync(cancellationToken);

    private static TaskCompletionSource<bool> Decided()
    {
        var decided = new TaskCompletionSource<bool>();
        decided.SetResult(false);
        return decided;
    }
}
