using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>A managed object that is only its properties: a manager of the service, or a part of a host.</summary>
internal sealed class ServiceObject : ManagedObject
{
    public ServiceObject(ManagedObjectReference reference, params ReadOnlySpan<(string Name, object? Value)> properties)
        : base(reference)
    {
        foreach (var (name, value) in properties)
        {
            Write(name, value);
        }
    }
}
