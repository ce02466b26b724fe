using Vic.Lab.History;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.Services;

/// <summary>HistoryCollector: what collectors of events and of tasks have in common.</summary>
internal sealed class HistoryCollectorOperations(LabWorld world)
{
    public void AddTo(OperationTable table)
    {
        table.Add<SetCollectorPageSizeRequest, HistoryCollectorObject>((_, collector, request) => Do(() => collector.SetPageSize(request.MaxCount)));
        table.Add<RewindCollectorRequest, HistoryCollectorObject>((_, collector, _) => Do(collector.Rewind));
        table.Add<ResetCollectorRequest, HistoryCollectorObject>((_, collector, _) => Do(collector.Reset));
        table.Add<DestroyCollectorRequest, HistoryCollectorObject>((call, collector, _) =>
        {
            call.Session.Objects.Remove(collector.Reference);
            collector.Dispose();
            return null;
        });
    }

    private object? Do(Action change)
    {
        lock (world.Store.Gate)
        {
            change();
            return null;
        }
    }
}
