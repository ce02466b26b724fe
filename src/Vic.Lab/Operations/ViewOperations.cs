using Vic.Lab.Inventory;
using Vic.Lab.PropertyCollection.Views;
using Vic.Vim25;

namespace Vic.Lab.Operations;

/// <summary>ViewManager and its views.</summary>
internal sealed class ViewOperations(LabWorld world)
{
    public void AddTo(OperationTable table)
    {
        table.Add<CreateContainerViewRequest, ServiceObject>(CreateContainerView);
        table.Add<CreateListViewRequest, ServiceObject>(CreateListView);
        table.Add<ModifyListViewRequest, ListViewObject>((_, view, request) =>
        {
            lock (world.Store.Gate)
            {
                var references = view.View.Except(request.Remove ?? []).Concat(request.Add ?? []);
                return view.Reset(references);
            }
        });
        table.Add<ResetListViewRequest, ListViewObject>((_, view, request) =>
        {
            lock (world.Store.Gate)
            {
                return view.Reset(request.Obj ?? []);
            }
        });
        table.Add<DestroyViewRequest, ManagedObject>((call, view, _) =>
        {
            if (view is not (ContainerViewObject or ListViewObject))
            {
                throw Faults.NotSupported($"{view.Reference.Type}.DestroyView");
            }

            call.Session.Objects.Remove(view.Reference);
            ((IDisposable)view).Dispose();
            return null;
        });
    }

    private object? CreateContainerView(OperationCall call, ServiceObject manager, CreateContainerViewRequest request)
    {
        foreach (var type in request.Type ?? [])
        {
            if (type is not "ManagedEntity" && !TypeHierarchy.Is(type, "ManagedEntity"))
            {
                throw Faults.InvalidArgument("type", $"'{type}' is no type of managed entities.");
            }
        }

        var objects = call.Session.Objects;
        lock (world.Store.Gate)
        {
            var view = new ContainerViewObject(
                objects.NewReference("ContainerView"), world.Store, world.Get<Entity>(request.Container), request.Type ?? [], request.Recursive);
            objects.Add(view);
            return view.Reference;
        }
    }

    private object? CreateListView(OperationCall call, ServiceObject manager, CreateListViewRequest request)
    {
        var objects = call.Session.Objects;
        lock (world.Store.Gate)
        {
            var view = new ListViewObject(objects.NewReference("ListView"), world.Store);
            view.Reset(request.Obj ?? []);
            objects.Add(view);
            return view.Reference;
        }
    }
}
