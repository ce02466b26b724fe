using System.Text;
using Vic.Lab.Tests.GuestRpc;
using Vic.Vim25;

namespace Vic.Lab.Tests.VirtualMachines;

/// <summary>Operations in guests, as a client of the API meets them.</summary>
public sealed class GuestOperationTests
{
    private static readonly NamePasswordAuthentication User = new() { Username = "user", Password = "password" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_guest_that_answers_there_are_no_guest_operations()
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("vm");
        await RefusedAsync<InvalidPowerState>(lab, new ListProcessesInGuestRequest { This = Processes, Vm = machine, Auth = User });
        await lab.PowerOnAsync(machine);
        await RefusedAsync<GuestOperationsUnavailable>(lab, new ListProcessesInGuestRequest { This = Processes, Vm = machine, Auth = User });
    }

    [Fact]
    public async Task Files_are_refused_to_who_may_ask_and_a_missing_process_is_named()
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("vm");
        await lab.PowerOnAsync(machine);
        var socket = Path.Combine(lab.Server.Facts.StateDirectory, "vms", machine.Value, "guestrpc.sock");
        using var guest = await ScriptedGuest.ConnectAsync(socket);
        var answer = "OK 0 0 \0";
        guest.OnCommand = command => Encoding.ASCII.GetBytes(command.AsSpan().StartsWith("Vix"u8) ? answer : "OK ATR toolbox");
        await guest.AskAsync("log hello");
        var serving = guest.ServeAsync();
        while (await lab.GetAsync<string>(machine, "guest.toolsRunningStatus") != "guestToolsRunning")
        {
            await Task.Delay(10, Cancellation);
        }

        await RefusedAsync<OperationNotSupportedByGuest>(
            lab, new InitiateFileTransferFromGuestRequest { This = Files, Vm = machine, Auth = User, GuestFilePath = "/etc/motd" });
        await RefusedAsync<OperationNotSupportedByGuest>(
            lab,
            new InitiateFileTransferToGuestRequest
            {
                This = Files,
                Vm = machine,
                Auth = User,
                GuestFilePath = "/etc/motd",
                FileAttributes = new GuestFileAttributes(),
                FileSize = 1,
                Overwrite = true,
            });
        answer = "OK 35 0 \0";
        await RefusedAsync<InvalidGuestLogin>(
            lab, new InitiateFileTransferFromGuestRequest { This = Files, Vm = machine, Auth = User, GuestFilePath = "/etc/motd" });
        answer = "OK 20003 0 \0";
        var fault = await RefusedAsync<GuestProcessNotFound>(
            lab, new TerminateProcessInGuestRequest { This = Processes, Vm = machine, Auth = User, Pid = 4711 });
        Assert.Equal(4711, fault.Pid);
        await lab.PowerOffAsync(machine);
        await serving.WaitAsync(Cancellation);
    }

    private static ManagedObjectReference Processes => new("GuestProcessManager", "guestOperationsProcessManager");

    private static ManagedObjectReference Files => new("GuestFileManager", "guestOperationsFileManager");

    private static async Task<TFault> RefusedAsync<TFault>(MachineLab lab, VimRequest request)
        where TFault : MethodFault
    {
        var failure = await Assert.ThrowsAsync<VimFaultException>(() => request switch
        {
            ListProcessesInGuestRequest list => lab.Client.InvokeAsync(list, Cancellation),
            InitiateFileTransferFromGuestRequest from => lab.Client.InvokeAsync(from, Cancellation),
            InitiateFileTransferToGuestRequest to => lab.Client.InvokeAsync(to, Cancellation),
            TerminateProcessInGuestRequest terminate => lab.Client.InvokeAsync(terminate, Cancellation),
            _ => throw new ArgumentException(request.MethodName),
        });
        return Assert.IsType<TFault>(failure.Fault);
    }
}
