using System.Security.Cryptography;
using Vic.Testing.Govmomi;

namespace Vic.Vim25.Tests.Client;

/// <summary>The client against a vCenter that other people wrote.</summary>
public sealed class SimulatorTests(SimulatorFixture fixture) : IClassFixture<SimulatorFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Login_opens_a_session_and_logout_ends_it()
    {
        using VimClient client = await VimClient.ConnectAsync(fixture.Options, Token);
        Assert.True(client.IsVirtualCenter);
        Assert.Equal("6.5", client.ApiVersion);

        UserSession session = await client.LoginAsync(GovmomiSimulator.User, fixture.Simulator.Password, Token);

        Assert.Equal(GovmomiSimulator.User, session.UserName);
        Assert.NotNull(client.SessionCookie);
        await client.LogoutAsync(Token);
        var error = await Assert.ThrowsAsync<VimFaultException>(() => client.RetrieveAllAsync("VirtualMachine", ["name"], cancellationToken: Token));
        Assert.IsType<NotAuthenticated>(error.Fault);
    }

    [Fact]
    public async Task A_wrong_password_is_a_typed_fault_that_does_not_show_the_password()
    {
        using VimClient client = await VimClient.ConnectAsync(fixture.Options, Token);

        var error = await Assert.ThrowsAsync<VimFaultException>(() => client.LoginAsync(GovmomiSimulator.User, "s3cret", Token));

        Assert.IsType<InvalidLogin>(error.Fault);
        Assert.Equal("Login", error.MethodName);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_untrusted_certificate_is_refused_with_the_thumbprint_to_pass()
    {
        var error = await Assert.ThrowsAsync<UntrustedCertificateException>(
            () => VimClient.ConnectAsync(new VimClientOptions(fixture.Simulator.Server), Token));

        Assert.Equal(fixture.Simulator.Thumbprint, error.ThumbprintSha256.Replace(":", "", StringComparison.Ordinal));
        Assert.Contains(error.Thumbprint, error.Message, StringComparison.Ordinal);
        using VimClient client = await VimClient.ConnectAsync(new VimClientOptions(fixture.Simulator.Server) { Thumbprint = error.Thumbprint }, Token);
        await Assert.ThrowsAsync<UntrustedCertificateException>(
            () => VimClient.ConnectAsync(new VimClientOptions(fixture.Simulator.Server) { Thumbprint = new string('0', 40) }, Token));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_connection_error() =>
        await Assert.ThrowsAsync<VimConnectionException>(() => VimClient.ConnectAsync(new VimClientOptions(new Uri("https://127.0.0.1:1/sdk")), Token));

    [Fact]
    public async Task Virtual_machines_are_listed_through_a_container_view()
    {
        using VimClient client = await fixture.LoginAsync(Token);

        List<ObjectProperties> machines = await client.RetrieveAllAsync(
            "VirtualMachine", ["name", "runtime.powerState", "config.hardware.device"], cancellationToken: Token);

        ObjectProperties machine = machines.Single(machine => machine.Get<string>("name") == "DC0_H0_VM0");
        Assert.NotEqual(VirtualMachinePowerState.Unknown, machine.Get<VirtualMachinePowerState>("runtime.powerState"));
        Assert.Contains(machine.Get<List<VirtualDevice>>("config.hardware.device")!, device => device is VirtualEthernetCard);
    }

    [Fact]
    public async Task A_machine_is_created_watched_and_powered_on()
    {
        using VimClient client = await fixture.LoginAsync(Token);
        ManagedObjectReference folder = await FindAsync(client, "/DC0/vm");
        ManagedObjectReference pool = await FindAsync(client, "/DC0/host/DC0_C0/Resources");
        var spec = new VirtualMachineConfigSpec
        {
            Name = "made-" + Guid.NewGuid().ToString("N"),
            GuestId = "otherGuest64",
            Files = new VirtualMachineFileInfo { VmPathName = "[LocalDS_0]" },
            NumCPUs = 1,
            MemoryMB = 64,
            ExtraConfig = [new OptionValue { Key = "guestinfo.note", Value = "a\r\nb" }],
            DeviceChange =
            [
                new VirtualDeviceConfigSpec
                {
                    Operation = VirtualDeviceConfigSpecOperation.Add,
                    Device = new ParaVirtualSCSIController { Key = 100, BusNumber = 0, SharedBus = VirtualSCSISharing.NoSharing },
                },
            ],
        };

        ManagedObjectReference created = await new Folder(client, folder).CreateVMTaskAsync(spec, pool, cancellationToken: Token);
        TaskInfo info = await client.WaitForTaskAsync(created, cancellationToken: Token);
        var vm = new VirtualMachine(client, Assert.IsType<ManagedObjectReference>(info.Result));
        List<OptionValue>? extra = await client.GetPropertyAsync<List<OptionValue>>(vm.Reference, "config.extraConfig", Token);
        Assert.Equal("a\r\nb", extra!.Single(option => option.Key == "guestinfo.note").Value);

        PropertyWatch watch = await PropertyWatch.StartAsync(client, PropertyFilters.ForObjects([vm.Reference], ["runtime.powerState"]), Token);
        Assert.Equal(VirtualMachinePowerState.PoweredOff, (await watch.NextAsync(Token))[0].ChangeSet![0].Val);
        await client.WaitForTaskAsync(await vm.PowerOnVMTaskAsync(cancellationToken: Token), cancellationToken: Token);
        await foreach (ObjectUpdate update in watch.ReadAllAsync(Token))
        {
            if (update.ChangeSet![0].Val is VirtualMachinePowerState.PoweredOn)
            {
                break;
            }
        }

        await watch.CloseAsync();
        var error = await Assert.ThrowsAsync<VimFaultException>(
            async () => await client.WaitForTaskAsync(await vm.PowerOnVMTaskAsync(cancellationToken: Token), cancellationToken: Token));
        Assert.Equal(VirtualMachinePowerState.PoweredOn, Assert.IsType<InvalidPowerState>(error.Fault).ExistingState);
    }

    [Fact]
    public async Task A_file_goes_to_a_datastore_and_comes_back_whole_or_from_an_offset()
    {
        using VimClient client = await fixture.LoginAsync(Token);
        var files = new DatastoreFiles(client, "DC0", "LocalDS_0");
        byte[] content = RandomNumberGenerator.GetBytes(3_000_000);
        string path = $"a b+c {Guid.NewGuid():N}.bin";
        long sent = 0;

        await files.UploadAsync(path, new MemoryStream(content), content.Length, new Immediate(bytes => sent = bytes), Token);

        Assert.Equal(content.Length, sent);
        Assert.Equal(content.Length, await files.GetSizeAsync(path, Token));
        using var back = new MemoryStream();
        await files.DownloadAsync(path, back, cancellationToken: Token);
        Assert.Equal(content, back.ToArray());
        using var rest = new MemoryStream();
        Assert.Equal(content.Length - 1_234_567, await files.DownloadFromAsync(path, 1_234_567, rest, cancellationToken: Token));
        Assert.Equal(content[1_234_567..], rest.ToArray());
        Assert.Equal(0, await files.DownloadFromAsync(path, content.Length, rest, cancellationToken: Token));
        Assert.False(await files.ExistsAsync("missing", Token));
        var error = await Assert.ThrowsAsync<DatastoreFileException>(() => files.DownloadAsync("missing", back, cancellationToken: Token));
        Assert.True(error.IsNotFound);
        Assert.Throws<ArgumentException>(() => files.ExistsAsync("../etc/passwd", Token).GetAwaiter().GetResult());
    }

    [Fact]
    public async Task A_session_is_cloned_and_joined_without_the_password()
    {
        using VimClient client = await fixture.LoginAsync(Token);

        using VimClient clone = await client.CloneSessionAsync(Token);
        using VimClient joined = await VimClient.ConnectAsync(fixture.Options, client.SessionCookie, Token);

        Assert.NotEqual(client.SessionCookie, clone.SessionCookie);
        Assert.NotEmpty(await clone.RetrieveAllAsync("Datastore", ["name"], cancellationToken: Token));
        Assert.NotEmpty(await joined.RetrieveAllAsync("Datastore", ["name"], cancellationToken: Token));
    }

    [Fact]
    public async Task Objects_of_several_types_are_read_in_one_call()
    {
        using VimClient client = await fixture.LoginAsync(Token);
        ManagedObjectReference vm = (await client.RetrieveAllAsync("VirtualMachine", ["name"], cancellationToken: Token))[0].Reference;

        List<ObjectProperties> found = await client.RetrieveAsync([vm, client.Content.RootFolder], ["name", "childType", "runtime.powerState"], Token);

        Assert.Contains("Datacenter", found.Single(item => item.Reference.Type == "Folder").Get<List<string>>("childType")!);
        Assert.NotNull(found.Single(item => item.Reference == vm).Get<VirtualMachinePowerState?>("runtime.powerState"));
    }

    [Fact]
    public async Task A_wait_ends_when_it_is_cancelled()
    {
        using VimClient client = await fixture.LoginAsync(Token);
        ManagedObjectReference vm = (await client.RetrieveAllAsync("VirtualMachine", ["name"], cancellationToken: Token))[0].Reference;
        PropertyWatch watch = await PropertyWatch.StartAsync(client, PropertyFilters.ForObjects([vm], ["overallStatus"]), Token);
        await watch.NextAsync(Token);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);

        Task waiting = watch.NextAsync(stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await watch.CloseAsync();
    }

    private static async Task<ManagedObjectReference> FindAsync(VimClient client, string path) =>
        await new SearchIndex(client, client.Content.SearchIndex!.Value).FindByInventoryPathAsync(path, Token)
        ?? throw new InvalidOperationException($"{path} is not there");

    private sealed class Immediate(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
