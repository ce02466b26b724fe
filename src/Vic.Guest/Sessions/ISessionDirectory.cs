namespace Vic.Guest.Sessions;

/// <summary>The containers that an endpoint knows.</summary>
public interface ISessionDirectory
{
    /// <summary>The session key of a container; null when the container is unknown or its virtual machine is off.</summary>
    byte[]? FindKey(string containerId);

    /// <summary>The session with the present run of the container's virtual machine.</summary>
    ContainerSession? FindSession(string containerId);
}
