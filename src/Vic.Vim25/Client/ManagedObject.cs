namespace Vic.Vim25;

/// <summary>Base of the proxies: a managed object of a server that a client is connected to.</summary>
public abstract class ManagedObject(VimClient client, ManagedObjectReference reference)
{
    /// <summary>The connection that calls go through.</summary>
    public VimClient Client { get; } = client;

    /// <summary>The object that calls go to.</summary>
    public ManagedObjectReference Reference { get; } = reference;
}
