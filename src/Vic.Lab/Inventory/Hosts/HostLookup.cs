using Vic.Vim25;

namespace Vic.Lab.Inventory.Hosts;

/// <summary>Finds the host that one of a host's managed objects belongs to.</summary>
internal static class HostLookup
{
    /// <summary>The host whose <paramref name="part"/> an object is; under the store's lock.</summary>
    /// <exception cref="VimFaultException">The object is no such part of a host.</exception>
    public static HostEntity HostOf(this LabWorld world, ManagedObject system, Func<HostParts, ManagedObjectReference> part)
        => world.Store.OfType<HostEntity>().FirstOrDefault(host => part(host.Parts) == system.Reference)
            ?? throw Faults.NotSupported($"of another object on {system.Reference.Type}");
}
