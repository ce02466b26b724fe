using System.Globalization;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Puts the virtual machines into a new lab that its options ask for: powered off, each with its folder and .vmx file on the first datastore.</summary>
internal static class VirtualMachinePopulation
{
    /// <summary>Adds the machines; before the lab serves.</summary>
    public static void AddTo(LabWorld world)
    {
        var options = world.Options;
        if (options.VirtualMachineCount == 0)
        {
            return;
        }

        // The names of the keys are the same strings in all machines, as are the devices that every new machine has.
        var keys = Enumerable.Range(1, options.ExtraConfigCount)
            .Select(number => string.Create(CultureInfo.InvariantCulture, $"guestinfo.lab.key{number:D3}")).ToArray();
        var datastore = world.Store.OfType<DatastoreEntity>().First();
        var folder = world.Store.Find<FolderEntity>(world.Datacenter.Folders.Vm)!;
        var creation = new VirtualMachineCreation(world);
        var machines = new List<VirtualMachineEntity>(options.VirtualMachineCount);

        // Made one after another, so that the references follow the names; written beside that.
        Parallel.ForEach(Make(), machine => WriteFiles(datastore, machine));
        lock (world.Store.Gate)
        {
            Enter(world, machines, folder, datastore);
        }

        IEnumerable<VirtualMachineEntity> Make()
        {
            for (var number = 1; number <= options.VirtualMachineCount; number++)
            {
                var machine = creation.Make(Configuration(number, keys, datastore), folder);
                machines.Add(machine);
                yield return machine;
            }
        }
    }

    private static VirtualMachineConfigInfo Configuration(int number, string[] keys, DatastoreEntity datastore)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"machine-{number:D5}");
        var config = NewVirtualMachine.Configuration(name, new DatastorePath(datastore.Name, $"{name}/{name}.vmx"), datastore.Url);
        config.ExtraConfig = [.. keys.Select((key, index) => new OptionValue
        {
            Key = key,
            Value = string.Create(CultureInfo.InvariantCulture, $"value {index + 1} of {name}, as long as most are"),
        })];
        return config;
    }

    private static void WriteFiles(DatastoreEntity datastore, VirtualMachineEntity machine)
    {
        var file = datastore.Locate(machine.VmxPath);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, VmxFile.Render(machine.Config, machine.HiddenVariables));
        machine.IsVmxStale = false;
    }

    /// <summary>As <see cref="VirtualMachinePlacement.Enter"/> does it one by one; here each list is written once.</summary>
    private static void Enter(LabWorld world, List<VirtualMachineEntity> machines, FolderEntity folder, DatastoreEntity datastore)
    {
        var compute = world.Store.OfType<ComputeResourceEntity>().First();
        var pool = world.Store.Find<ResourcePoolEntity>(compute.RootPool)!;
        var hosts = compute.Hosts.Select(reference => world.Store.Find<HostEntity>(reference)!).ToArray();
        for (var index = 0; index < machines.Count; index++)
        {
            var machine = machines[index];
            machine.Write("resourcePool", pool.Reference);
            machine.Write("datastore", new List<ManagedObjectReference> { datastore.Reference });
            machine.ChangeRuntime(runtime => runtime.Host = hosts[index % hosts.Length].Reference);
            world.Store.Add(machine);
        }

        Append(folder, "childEntity", machines);
        Append(pool, "vm", machines);
        Append(datastore, "vm", machines);
        foreach (var placed in machines.GroupBy(machine => machine.Host!.Value))
        {
            Append(world.Store.Find<HostEntity>(placed.Key)!, "vm", placed);
        }
    }

    private static void Append(Entity owner, string property, IEnumerable<VirtualMachineEntity> machines)
        => owner.Write(property, owner.References(property).Concat(machines.Select(machine => machine.Reference)).ToList());
}
