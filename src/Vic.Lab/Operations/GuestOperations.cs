using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Vim25;

namespace Vic.Lab.Operations;

/// <summary>GuestOperationsManager's parts: relayed to the guest's tools.</summary>
internal sealed class GuestOperations(LabWorld world)
{
    public void AddTo(OperationTable table)
    {
        table.AddAsync<ValidateCredentialsInGuestRequest, ServiceObject>(async (call, _, request) =>
        {
            await Guest(request.Vm).ValidateCredentialsAsync(Credentials(request.Auth), call.CancellationToken).ConfigureAwait(false);
            return null;
        });
        table.AddAsync<StartProgramInGuestRequest, ServiceObject>(async (call, _, request) =>
        {
            var program = new GuestProgram(
                request.Spec.ProgramPath, request.Spec.Arguments, request.Spec.WorkingDirectory, request.Spec.EnvVariables ?? []);
            return await Guest(request.Vm).StartProgramAsync(Credentials(request.Auth), program, call.CancellationToken).ConfigureAwait(false);
        });
        table.AddAsync<ListProcessesInGuestRequest, ServiceObject>(async (call, _, request) =>
        {
            var processes = await Guest(request.Vm)
                .ListProcessesAsync(Credentials(request.Auth), request.Pids ?? [], call.CancellationToken).ConfigureAwait(false);
            return processes.Select(process => new GuestProcessInfo
            {
                Name = process.Name,
                Pid = process.Id,
                Owner = process.Owner,
                CmdLine = process.CommandLine,
                StartTime = process.StartTime.UtcDateTime,
                EndTime = process.EndTime?.UtcDateTime,
                ExitCode = process.ExitCode,
            }).ToList();
        });
        table.AddAsync<TerminateProcessInGuestRequest, ServiceObject>(async (call, _, request) =>
        {
            try
            {
                await Guest(request.Vm).TerminateProcessAsync(Credentials(request.Auth), request.Pid, call.CancellationToken).ConfigureAwait(false);
                return null;
            }
            catch (GuestOperationException exception) when (exception.Failure == GuestOperationFailure.ProcessNotFound)
            {
                throw Faults.New(new GuestProcessNotFound { Pid = request.Pid }, exception.Message);
            }
        });
        table.AddAsync<InitiateFileTransferToGuestRequest, ServiceObject>((call, _, request)
            => RefuseTransferAsync(request.Vm, request.Auth, request.MethodName, call.CancellationToken));
        table.AddAsync<InitiateFileTransferFromGuestRequest, ServiceObject>((call, _, request)
            => RefuseTransferAsync(request.Vm, request.Auth, request.MethodName, call.CancellationToken));
        table.AddAsync<MakeDirectoryInGuestRequest, ServiceObject>(async (call, _, request) =>
        {
            await Guest(request.Vm).MakeDirectoryAsync(
                Credentials(request.Auth), request.DirectoryPath, request.CreateParentDirectories, call.CancellationToken).ConfigureAwait(false);
            return null;
        });
    }

    /// <summary>
    /// Refuses to carry a file into or out of a guest. vSphere carries it over HGFS, which neither the product's guests nor the lab speak; who may not
    /// even ask is told that first.
    /// </summary>
    private async Task<object?> RefuseTransferAsync(
        ManagedObjectReference machine, GuestAuthentication authentication, string method, CancellationToken cancellationToken)
    {
        await Guest(machine).ValidateCredentialsAsync(Credentials(authentication), cancellationToken).ConfigureAwait(false);
        throw Faults.New(
            new OperationNotSupportedByGuest(), $"The guest does not carry files ({method}). Put the file on a datastore, or start a program that fetches it.");
    }

    private IGuestOperations Guest(ManagedObjectReference reference)
    {
        lock (world.Store.Gate)
        {
            var machine = world.Get<VirtualMachineEntity>(reference);
            return machine.PowerState == VirtualMachinePowerState.PoweredOn
                ? machine.Machine.Guest
                : throw Faults.InvalidPowerState(VirtualMachinePowerState.PoweredOn, machine.PowerState);
        }
    }

    private static GuestCredentials Credentials(GuestAuthentication authentication)
        => authentication is NamePasswordAuthentication named
            ? new GuestCredentials(named.Username, named.Password)
            : throw Faults.InvalidArgument("auth", "Only a name and a password are accepted.");
}
