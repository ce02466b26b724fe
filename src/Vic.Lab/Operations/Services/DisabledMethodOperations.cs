using Vic.Lab.Api.Sessions;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.Services;

/// <summary>
/// AuthorizationManager's disabled methods: a source, such as a backup product, keeps everybody from calling a method on an entity until it enables
/// it again. What was disabled for the time of a session ends with the session.
/// </summary>
internal sealed class DisabledMethodOperations(LabWorld world)
{
    private const int SourceLimit = 255;

    public void AddTo(OperationTable table)
    {
        table.Add<DisableMethodsRequest, ServiceObject>(Disable);
        table.Add<EnableMethodsRequest, ServiceObject>((_, _, request) => Change(request.Entity, entity =>
        {
            CheckMethods(request.Method);
            foreach (var method in request.Method)
            {
                entity.DisabledMethods.Enable(method, request.SourceId);
            }
        }));
        table.Add<QueryDisabledMethodsRequest, ServiceObject>((_, _, request) =>
        {
            lock (world.Store.Gate)
            {
                return world.Get<Entity>(request.Entity).DisabledMethods.All
                    .Select(disabled => new DisabledMethodInfo { Method = disabled.Method, SourceId = disabled.Source, ReasonId = disabled.Reason })
                    .ToList();
            }
        });
    }

    private object? Disable(OperationCall call, ServiceObject manager, DisableMethodsRequest request)
    {
        if (request.SourceId.Length is 0 or > SourceLimit)
        {
            throw Faults.InvalidArgument("sourceId", "Name the source that disables the methods, with at most 255 characters.");
        }

        var scope = request.SessionScope ?? false ? call.Session : null;
        scope?.AtEnd(this, () => EndScope(scope));
        return Change(request.Entity, entity =>
        {
            CheckMethods(request.Method.Select(method => method.Method));
            foreach (var method in request.Method)
            {
                entity.DisabledMethods.Disable(method.Method, request.SourceId, method.ReasonId, scope);
            }
        });
    }

    private void EndScope(Session session)
    {
        lock (world.Store.Gate)
        {
            foreach (var entity in world.Store.OfType<Entity>().Where(entity => entity.DisabledMethods.EndScope(session)).ToList())
            {
                Show(entity);
            }
        }
    }

    private object? Change(IEnumerable<ManagedObjectReference> entities, Action<Entity> change)
    {
        lock (world.Store.Gate)
        {
            foreach (var entity in entities.Select(world.Get<Entity>).ToList())
            {
                change(entity);
                Show(entity);
            }

            return null;
        }
    }

    private static void CheckMethods(IEnumerable<string> methods)
    {
        foreach (var method in methods)
        {
            if (!MethodCatalog.TryCreate(method, out _))
            {
                throw Faults.InvalidArgument("method", $"There is no method '{method}'.");
            }
        }
    }

    private static void Show(Entity entity)
        => entity.Write("disabledMethod", entity.DisabledMethods.All.Select(disabled => disabled.Method).Distinct().ToList());
}
