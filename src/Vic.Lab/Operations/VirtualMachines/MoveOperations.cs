using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>How virtual machines come into the inventory other than by creation, and how they move in it.</summary>
internal sealed class MoveOperations
{
    private readonly LabWorld world;
    private readonly VirtualMachineTasks machines;
    private readonly VirtualMachineRegistration registration;
    private readonly VirtualMachineMigration migration;
    private readonly VirtualMachineRelocation relocation;
    private readonly VirtualMachineCloning cloning;

    public MoveOperations(LabWorld world, VirtualMachineTasks machines)
    {
        this.world = world;
        this.machines = machines;
        var homes = new VirtualMachineHomes(world);
        var creation = new VirtualMachineCreation(world);
        var reconfiguration = new VirtualMachineReconfiguration(world);
        registration = new VirtualMachineRegistration(world, creation, homes);
        migration = new VirtualMachineMigration(world);
        relocation = new VirtualMachineRelocation(world, migration, reconfiguration, homes);
        cloning = new VirtualMachineCloning(
            world, creation, reconfiguration, new VirtualMachineRemoval(world), machines.Power, new VirtualMachineSnapshots(world, machines.Power));
    }

    public void AddTo(OperationTable table)
    {
        table.Add<RegisterVMTaskRequest, FolderEntity>(Register);
        table.Add<RegisterChildVMTaskRequest, ResourcePoolEntity>((call, pool, request) => Start(
            call, pool, request.MethodName, request.Path, false, new NewMachine(request.Name ?? string.Empty, null, null, pool, request.Host, call.Session.UserName)));
        table.Add<MigrateVMTaskRequest, VirtualMachineEntity>((call, machine, request)
            => machines.Run(call, machine, "VirtualMachine.migrate", request.MethodName, async (_, token) =>
            {
                Check(machine, request);
                await migration.MoveAsync(machine, request.Pool, request.Host, call.Session.UserName, token).ConfigureAwait(false);
                return null;
            }));
        table.Add<RelocateVMTaskRequest, VirtualMachineEntity>((call, machine, request)
            => machines.Run(call, machine, "VirtualMachine.relocate", request.MethodName, async (progress, token) =>
            {
                await relocation.MoveAsync(machine, request.Spec, call.Session.UserName, progress, token).ConfigureAwait(false);
                return null;
            }));
        table.Add<CloneVMTaskRequest, VirtualMachineEntity>((call, machine, request)
            => machines.Run(call, machine, "VirtualMachine.clone", request.MethodName, async (progress, token)
                => await cloning.CloneAsync(machine, request, call.Session.UserName, progress, token).ConfigureAwait(false)));
        table.Add<InstantCloneTaskRequest, VirtualMachineEntity>((call, machine, request)
            => machines.Run(call, machine, "VirtualMachine.instantClone", request.MethodName, async (_, token)
                => await cloning.InstantCloneAsync(machine, request.Spec, call.Session.UserName, token).ConfigureAwait(false)));
    }

    private object? Register(OperationCall call, FolderEntity folder, RegisterVMTaskRequest request)
    {
        lock (world.Store.Gate)
        {
            if (!folder.Accepts("VirtualMachine"))
            {
                throw Faults.NotSupported($"A VirtualMachine in the folder '{folder.Name}'");
            }

            var pool = request.Pool is { } reference
                ? world.Get<ResourcePoolEntity>(reference)
                : throw Faults.InvalidArgument("pool", "A virtual machine needs a resource pool.");
            var place = new NewMachine(request.Name ?? string.Empty, null, folder, pool, request.Host, call.Session.UserName);
            return Start(call, folder, request.MethodName, request.Path, request.AsTemplate, place);
        }
    }

    private ManagedObjectReference Start(
        OperationCall call, Entity container, string method, string path, bool asTemplate, NewMachine place)
        => world.Tasks.Start(
            new Tasks.TaskStart(container, "Folder.registerVm", method, call.Session.UserName),
            async (_, token) => await registration.RegisterAsync(path, asTemplate, place, token).ConfigureAwait(false));

    private void Check(VirtualMachineEntity machine, MigrateVMTaskRequest request)
    {
        if (!world.IsVCenter)
        {
            throw Faults.NotSupported("MigrateVM_Task without vCenter");
        }

        if (request.Pool is null && request.Host is null)
        {
            throw Faults.InvalidArgument("host", "A migration needs a host or a resource pool.");
        }

        if (request.State is { } state && state != machine.PowerState)
        {
            throw Faults.InvalidPowerState(state, machine.PowerState);
        }
    }
}
