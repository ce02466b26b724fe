using Vic.Vim25.Tests.Servers;

namespace Vic.Vim25.Tests.Client;

/// <summary>Changing things, by tasks, and seeing it.</summary>
public abstract class MachineTests(VimServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_machine_is_created_watched_and_powered_on()
    {
        using VimClient client = await server.LoginAsync(Token);

        VirtualMachine vm = await server.CreateMachineAsync(client, "made-" + Guid.NewGuid().ToString("N"), Token);

        List<OptionValue>? extra = await client.GetPropertyAsync<List<OptionValue>>(vm.Reference, "config.extraConfig", Token);
        Assert.Equal("a\r\nb", extra!.Single(option => option.Key == "guestinfo.note").Value);
        await using PropertyWatch watch = await PropertyWatch.StartAsync(client, PropertyFilters.ForObjects([vm.Reference], ["runtime.powerState"]), Token);
        Assert.Equal(VirtualMachinePowerState.PoweredOff, (await watch.NextAsync(Token))[0].ChangeSet![0].Val);
        await client.WaitForTaskAsync(await vm.PowerOnVMTaskAsync(cancellationToken: Token), cancellationToken: Token);
        await foreach (ObjectUpdate update in watch.ReadAllAsync(Token))
        {
            if (update.ChangeSet![0].Val is VirtualMachinePowerState.PoweredOn)
            {
                break;
            }
        }

        var error = await Assert.ThrowsAsync<VimFaultException>(
            async () => await client.WaitForTaskAsync(await vm.PowerOnVMTaskAsync(cancellationToken: Token), cancellationToken: Token));
        Assert.Equal(VirtualMachinePowerState.PoweredOn, Assert.IsType<InvalidPowerState>(error.Fault).ExistingState);
    }
}

/// <summary>Machines of a vCenter that other people wrote.</summary>
public sealed class SimulatorMachineTests(SimulatorServer server) : MachineTests(server), IClassFixture<SimulatorServer>;

/// <summary>Machines of the lab's vCenter, which also knows what the simulator does not.</summary>
public sealed class LabMachineTests(LabVCenter server) : MachineTests(server), IClassFixture<LabVCenter>
{
    private readonly LabVCenter _server = server;

    [Fact]
    public async Task A_name_that_is_taken_is_a_fault_of_the_task_that_says_which()
    {
        using VimClient client = await _server.LoginAsync(TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<VimFaultException>(() => _server.CreateMachineAsync(client, _server.MachineName, TestContext.Current.CancellationToken));

        Assert.Equal(_server.MachineName, Assert.IsType<DuplicateName>(error.Fault).Name);
    }
}
