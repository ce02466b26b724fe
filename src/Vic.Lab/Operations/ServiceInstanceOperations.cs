using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations;

/// <summary>ServiceInstance.</summary>
internal sealed class ServiceInstanceOperations(LabWorld world)
{
    public void AddTo(OperationTable table)
    {
        table.AddAnonymous<RetrieveServiceContentRequest>((_, _) => world.Content);
        table.AddAnonymous<CurrentTimeRequest>((_, _) => DateTime.UtcNow);
    }
}
