using System.Globalization;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.Storage;

/// <summary>Datastore clusters, and StorageResourceManager's recommendations which of their datastores to use.</summary>
internal sealed class StoragePodOperations(LabWorld world)
{
    public void AddTo(OperationTable table)
    {
        table.Add<CreateStoragePodRequest, FolderEntity>((_, folder, request) =>
        {
            lock (world.Store.Gate)
            {
                if (!world.IsVCenter || !folder.Accepts("StoragePod"))
                {
                    throw Faults.NotSupported($"A datastore cluster in the folder '{folder.Name}'");
                }

                var name = OperationText.CheckName(request.Name);
                EntityNames.CheckFree(world.Store, folder, name);
                var pod = new StoragePodEntity(world.Store.NewReference("StoragePod", "group-p"), name, folder.Reference, world.Store);
                world.Store.Add(pod);
                folder.AddReference("childEntity", pod.Reference);
                return pod.Reference;
            }
        });
        table.Add<RecommendDatastoresRequest, ServiceObject>((_, _, request) =>
        {
            lock (world.Store.Gate)
            {
                return Recommend(request.StorageSpec);
            }
        });
    }

    private StoragePlacementResult Recommend(StoragePlacementSpec spec)
    {
        if (spec.Type is not ("create" or "clone" or "relocate" or "reconfigure"))
        {
            throw Faults.InvalidArgument("storageSpec.type", "The type is create, clone, relocate or reconfigure.");
        }

        if (spec.PodSelectionSpec.StoragePod is not { } reference)
        {
            throw Faults.InvalidArgument("storageSpec.podSelectionSpec.storagePod", "The datastore cluster is missing.");
        }

        var pod = world.Get<StoragePodEntity>(reference);
        var needed = Needed(spec);
        var fitting = pod.Datastores.Where(datastore => datastore.Summary.FreeSpace >= needed && IsSeenBy(datastore, spec.Host)).ToList();
        if (fitting.Count == 0)
        {
            var full = Faults.NoDiskSpace(pod.Name, string.Empty);
            return new StoragePlacementResult
            {
                DrsFault = new ClusterDrsFaults
                {
                    Reason = "storagePlacement",
                    FaultsByVm =
                    [
                        new ClusterDrsFaultsFaultsByVm
                        {
                            Vm = spec.Vm, Fault = [new LocalizedMethodFault { Fault = full.Fault, LocalizedMessage = full.FaultText }],
                        },
                    ],
                },
            };
        }

        return new StoragePlacementResult { Recommendations = [.. fitting.Select((datastore, rank) => Recommendation(spec, datastore, rank, needed))] };
    }

    /// <summary>The bytes of the disks that come.</summary>
    private long Needed(StoragePlacementSpec spec)
    {
        var added = (spec.ConfigSpec?.DeviceChange ?? [])
            .Where(change => change.Operation == VirtualDeviceConfigSpecOperation.Add)
            .Select(change => change.Device)
            .OfType<VirtualDisk>();
        var moved = spec.Type is "clone" or "relocate" && spec.Vm is { } machine
            ? (world.Get<VirtualMachineEntity>(machine).Config.Hardware.Device ?? []).OfType<VirtualDisk>()
            : [];
        return added.Concat(moved).Sum(disk => disk.CapacityInBytes ?? (disk.CapacityInKB << 10));
    }

    private static bool IsSeenBy(DatastoreEntity datastore, ManagedObjectReference? host)
        => host is not { } reference || datastore.Mounts.Any(mount => mount.Key == reference);

    private static ClusterRecommendation Recommendation(StoragePlacementSpec spec, DatastoreEntity datastore, int rank, long needed)
    {
        var summary = datastore.Summary;
        return new ClusterRecommendation
        {
            Key = rank.ToString(CultureInfo.InvariantCulture),
            Type = "V1",
            Time = DateTime.UtcNow,
            Rating = Math.Max(1, 5 - rank),
            Reason = "storagePlacement",
            ReasonText = "Satisfy storage initial placement requests",
            Target = datastore.Reference,
            Action =
            [
                new StoragePlacementAction
                {
                    Type = "StoragePlacementV1",
                    Target = datastore.Reference,
                    Vm = spec.Vm,
                    RelocateSpec = new VirtualMachineRelocateSpec { Datastore = datastore.Reference },
                    Destination = datastore.Reference,
                    SpaceUtilBefore = Percent(summary.Capacity - summary.FreeSpace, summary.Capacity),
                    SpaceUtilAfter = Percent(summary.Capacity - summary.FreeSpace + needed, summary.Capacity),
                },
            ],
        };
    }

    private static float Percent(long part, long whole) => whole == 0 ? 0 : 100f * part / whole;
}
