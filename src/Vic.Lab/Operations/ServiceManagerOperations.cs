using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations;

/// <summary>AuthorizationManager's disabled methods, OptionManager, and the network system of hosts.</summary>
internal sealed class ServiceManagerOperations(LabWorld world)
{
    public void AddTo(OperationTable table)
    {
        table.Add<DisableMethodsRequest, ServiceObject>((_, _, request) => ForEach(request.Entity, entity =>
        {
            foreach (var method in request.Method)
            {
                entity.DisabledMethods.Disable(method.Method, request.SourceId, method.ReasonId);
            }
        }));
        table.Add<EnableMethodsRequest, ServiceObject>((_, _, request) => ForEach(request.Entity, entity =>
        {
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
        table.Add<QueryOptionsRequest, ServiceObject>((_, manager, request) => QueryOptions(manager, request.Name));
        table.Add<UpdateOptionsRequest, ServiceObject>((_, manager, request) => UpdateOptions(manager, request.ChangedValue));
        table.Add<AddVirtualSwitchRequest, ServiceObject>((_, system, request) =>
        {
            Networking(system).AddSwitch(request.VswitchName, request.Spec);
            return null;
        });
        table.Add<RemoveVirtualSwitchRequest, ServiceObject>((_, system, request) =>
        {
            Networking(system).RemoveSwitch(request.VswitchName);
            return null;
        });
        table.AddAsync<AddPortGroupRequest, ServiceObject>(async (call, system, request) =>
        {
            await Networking(system).AddPortGroupAsync(request.Portgrp, call.CancellationToken).ConfigureAwait(false);
            return null;
        });
        table.AddAsync<RemovePortGroupRequest, ServiceObject>(async (call, system, request) =>
        {
            await Networking(system).RemovePortGroupAsync(request.PgName, call.CancellationToken).ConfigureAwait(false);
            return null;
        });
    }

    private object? ForEach(IEnumerable<ManagedObjectReference> entities, Action<Entity> change)
    {
        lock (world.Store.Gate)
        {
            foreach (var entity in entities.Select(world.Get<Entity>).ToList())
            {
                change(entity);
                entity.Write("disabledMethod", entity.DisabledMethods.All.Select(disabled => disabled.Method).Distinct().ToList());
            }

            return null;
        }
    }

    private List<OptionValue> QueryOptions(ServiceObject manager, string? name)
    {
        lock (world.Store.Gate)
        {
            var all = manager.Read<List<OptionValue>>("setting") ?? [];
            if (string.IsNullOrEmpty(name))
            {
                return all;
            }

            // A name that ends with a dot means everything below it.
            var found = all.FindAll(option => name.EndsWith('.')
                ? option.Key.StartsWith(name, StringComparison.Ordinal)
                : option.Key == name);
            return found.Count > 0 ? found : throw Faults.New(new InvalidName { Name = name }, $"There is no option '{name}'.");
        }
    }

    private object? UpdateOptions(ServiceObject manager, IReadOnlyList<OptionValue> changes)
    {
        lock (world.Store.Gate)
        {
            var settings = new List<OptionValue>(manager.Read<List<OptionValue>>("setting") ?? []);
            foreach (var change in changes)
            {
                settings.RemoveAll(option => option.Key == change.Key);
                settings.Add(change);
            }

            manager.Write("setting", settings);
            return null;
        }
    }

    private HostNetworking Networking(ServiceObject system)
    {
        lock (world.Store.Gate)
        {
            return new HostNetworking(world, world.Store.OfType<HostEntity>().FirstOrDefault(host => host.Parts.Network == system.Reference)
                ?? throw Faults.NotSupported($"{system.Reference.Type} as a network system"));
        }
    }
}
