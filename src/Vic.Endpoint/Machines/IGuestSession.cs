namespace Vic.Endpoint.Machines;

/// <summary>The live connection to the tether in a container VM.</summary>
public interface IGuestSession
{
    /// <summary>The container's main process; already started when the endpoint found the container running.</summary>
    IGuestProcess Main { get; }

    /// <summary>Prepares a further process; <see cref="IGuestProcess.StartAsync"/> runs it.</summary>
    IGuestProcess CreateProcess(GuestCommand command);
}
