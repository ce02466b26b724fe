namespace Vic.Endpoint.Machines;

/// <summary>Where the sessions of container VMs arrive.</summary>
public interface IGuestSessions
{
    /// <summary>Waits for the session of a container; at once when it is there.</summary>
    Task<IGuestSession> ConnectAsync(string containerId, CancellationToken cancellationToken);
}
