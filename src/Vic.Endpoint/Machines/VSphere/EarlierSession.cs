using Vic.Endpoint.Errors;

namespace Vic.Endpoint.Machines.VSphere;

/// <summary>
/// What stands for the session with a guest that has none: its main process runs, hears signals, and its streams are empty. When it has ended is seen by
/// the power state of its VM.
/// </summary>
internal sealed class EarlierSession(EarlierMachine machine) : IGuestSession, IGuestProcess
{
    /// <inheritdoc/>
    public IGuestProcess Main => this;

    /// <inheritdoc/>
    public Stream Input => Stream.Null;

    /// <inheritdoc/>
    public Stream Output => Stream.Null;

    /// <inheritdoc/>
    public Stream? Error => null;

    /// <inheritdoc/>
    public Task<int> Exited { get; } = new TaskCompletionSource<int>().Task;

    /// <inheritdoc/>
    /// <exception cref="EngineException">Always: docker's clients are refused before it comes to that.</exception>
    public IGuestProcess CreateProcess(GuestCommand command) =>
        throw new EngineException(EngineErrorKind.Conflict, "The container was made by an earlier VIC engine: recreate the container");

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task CloseInputAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task ResizeAsync(int columns, int rows, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task SignalAsync(int signal, CancellationToken cancellationToken) => machine.SignalAsync(signal, cancellationToken);
}
