namespace Vic.Endpoint.Containers;

/// <summary>Where a container is in its life.</summary>
public enum ContainerStatus
{
    /// <summary>The VM exists and its process has never run.</summary>
    Created = 0,

    /// <summary>The VM boots; the process does not run yet.</summary>
    Starting,

    /// <summary>The process runs.</summary>
    Running,

    /// <summary>Somebody asked the process to end; it still runs.</summary>
    Stopping,

    /// <summary>The process has ended and the VM is off.</summary>
    Exited,

    /// <summary>The VM is being deleted.</summary>
    Removing,

    /// <summary>Deleting the VM failed; only another remove is possible.</summary>
    Dead,
}
