using Vic.Guest.Processes;

namespace Vic.Guest.Sessions;

/// <summary>What a session asks of the guest in which it runs.</summary>
public interface ISessionHost
{
    /// <summary>Starts the main process; called once.</summary>
    /// <exception cref="LaunchException">The process could not be started.</exception>
    ValueTask<ISessionProcess> StartMainAsync(CancellationToken cancellationToken);

    /// <summary>Starts a further process.</summary>
    /// <exception cref="LaunchException">The process could not be started.</exception>
    ValueTask<ISessionProcess> ExecuteAsync(ExecuteRequest request, CancellationToken cancellationToken);

    /// <summary>Reads the guest configuration again.</summary>
    ValueTask ReloadAsync(CancellationToken cancellationToken);

    /// <summary>Ends the main process with its stop signal, kills it after the time given, and switches the machine off.</summary>
    ValueTask ShutdownAsync(TimeSpan grace, CancellationToken cancellationToken);
}
