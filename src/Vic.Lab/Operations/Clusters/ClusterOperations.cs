using Vic.Lab.Inventory;
using Vic.Lab.Inventory.Models;
using Vic.Lab.Operations.VirtualMachines;
using Vic.Lab.Tasks;
using Vic.Vim25;

namespace Vic.Lab.Operations.Clusters;

/// <summary>ComputeResource and ClusterComputeResource, and what a HostSystem itself does.</summary>
internal sealed class ClusterOperations(LabWorld world, VirtualMachineTasks machines)
{
    public void AddTo(OperationTable table)
    {
        var hosts = new HostStates(world, machines);
        table.Add<ReconfigureComputeResourceTaskRequest, ComputeResourceEntity>((call, compute, request) => Start(
            call, compute, "ComputeResource.reconfigureEx", request.MethodName, _ =>
            {
                Reconfigure(compute, request.Spec, request.Modify, call.Session.UserName);
                return Task.CompletedTask;
            }));
        table.Add<CreateClusterExRequest, FolderEntity>((call, folder, request) => Create(folder, request, call.Session.UserName));
        table.Add<EnterMaintenanceModeTaskRequest, HostEntity>((call, host, request) => Start(
            call, host, "HostSystem.enterMaintenanceMode", request.MethodName, token
                => hosts.EnterMaintenanceAsync(
                    host, TimeSpan.FromSeconds(request.Timeout), request.EvacuatePoweredOffVms ?? false, call.Session.UserName, token)));
        table.Add<ExitMaintenanceModeTaskRequest, HostEntity>((call, host, request) => Start(
            call, host, "HostSystem.exitMaintenanceMode", request.MethodName, _ =>
            {
                hosts.ExitMaintenance(host, call.Session.UserName);
                return Task.CompletedTask;
            }));
        table.Add<DisconnectHostTaskRequest, HostEntity>((call, host, request) => Start(
            call, host, "HostSystem.disconnect", request.MethodName, _ =>
            {
                hosts.Connect(host, HostSystemConnectionState.Disconnected, call.Session.UserName);
                return Task.CompletedTask;
            }));
        table.Add<ReconnectHostTaskRequest, HostEntity>((call, host, request) => Start(
            call, host, "HostSystem.reconnect", request.MethodName, _ =>
            {
                hosts.Connect(host, HostSystemConnectionState.Connected, call.Session.UserName);
                return Task.CompletedTask;
            }));
    }

    private void Reconfigure(ComputeResourceEntity compute, ComputeResourceConfigSpec spec, bool modify, string userName)
    {
        lock (world.Store.Gate)
        {
            switch (compute)
            {
                case ClusterEntity cluster when spec is ClusterConfigSpecEx change:
                    cluster.Configuration = new ClusterChange(world, cluster).Apply(change, modify);
                    world.Events.Post(
                        new ClusterReconfiguredEvent { ComputeResource = Argument(cluster) }, userName, $"Reconfigured the cluster {cluster.Name}.");
                    break;
                case ClusterEntity:
                    throw Faults.InvalidArgument("spec", "A cluster is reconfigured with a ClusterConfigSpecEx.");
                default:
                    var old = compute.Read<ComputeResourceConfigInfo>("configurationEx")!;
                    compute.Write("configurationEx", new ComputeResourceConfigInfo
                    {
                        VmSwapPlacement = spec.VmSwapPlacement ?? (modify ? old.VmSwapPlacement : "vmDirectory"),
                        SpbmEnabled = spec.SpbmEnabled ?? (modify ? old.SpbmEnabled : null),
                        DefaultHardwareVersionKey = spec.DefaultHardwareVersionKey ?? (modify ? old.DefaultHardwareVersionKey : null),
                    });
                    break;
            }
        }
    }

    /// <summary>A cluster without hosts.</summary>
    private ManagedObjectReference Create(FolderEntity folder, CreateClusterExRequest request, string userName)
    {
        lock (world.Store.Gate)
        {
            if (!world.IsVCenter || !folder.Accepts("ComputeResource"))
            {
                throw Faults.NotSupported($"A cluster in the folder '{folder.Name}'");
            }

            var name = OperationText.CheckName(request.Name);
            EntityNames.CheckFree(world.Store, folder, name);
            var cluster = new ClusterEntity(
                world.Store.NewReference("ClusterComputeResource", "domain-c"),
                name,
                folder.Reference,
                world.Store.NewReference("ResourcePool", "resgroup-"),
                hasDrs: false);
            cluster.Configuration = new ClusterChange(world, cluster).Apply(request.Spec, modify: true);
            world.Store.Add(cluster);
            folder.AddReference("childEntity", cluster.Reference);
            var builder = new InventoryBuilder(world);
            builder.AddRootPool(cluster.RootPool, cluster);
            builder.Summarize(cluster);
            world.Events.Post(
                new ClusterCreatedEvent
                {
                    ComputeResource = Argument(cluster),
                    Parent = new FolderEventArgument { Name = folder.Name, Folder = folder.Reference },
                },
                userName,
                $"Created the cluster {name}.");
            return cluster.Reference;
        }
    }

    private ManagedObjectReference Start(
        OperationCall call, Entity entity, string descriptionId, string method, Func<CancellationToken, Task> work)
        => world.Tasks.Start(new TaskStart(entity, descriptionId, method, call.Session.UserName), async (_, token) =>
        {
            await work(token).ConfigureAwait(false);
            return null;
        });

    private static ComputeResourceEventArgument Argument(ClusterEntity cluster)
        => new() { Name = cluster.Name, ComputeResource = cluster.Reference };
}
