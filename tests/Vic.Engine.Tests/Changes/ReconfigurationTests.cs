using System.Collections.Concurrent;
using System.Text;
using Vic.Configuration;
using Vic.Engine.Certificates;
using Vic.Engine.Changes;
using Vic.Engine.Inspection;
using Vic.Engine.Requests;
using Vic.Engine.Tests.Labs;
using Vic.Engine.Validation;
using Vic.Lab;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Changes;

/// <summary>What Set-VCH does to a VCH, and what it lets alone.</summary>
public sealed class ReconfigurationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_setting_reaches_the_configuration_the_hardware_or_the_pool()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        var vch = await RunningVch.DeployAsync(lab, lab.Request());
        var authority = new CertificateIssuer(new KeyRecipe(KeyAlgorithm.Ecdsa, 256), ["registry"], DateTimeOffset.UtcNow).CreateAuthority().CertificatePem;

        var changed = await new VchReconfiguration(client).RunAsync(
            vch,
            new VchChangeRequest
            {
                CpuLimitMhz = 3000,
                CpuReservationMhz = 100,
                CpuShares = new ShareRequest(SharesLevel.High),
                MemoryLimitMB = 4096,
                MemoryReservationMB = 128,
                MemoryShares = new ShareRequest(SharesLevel.Custom, 1234),
                EndpointCpus = 2,
                EndpointMemoryMB = 512,
                DnsServers = ["192.0.2.53", "192.0.2.54"],
                HttpProxy = "http://proxy.example.org:3128",
                HttpsProxy = "http://proxy.example.org:3129",
                NoProxy = ["localhost", "10.0.0.0/8"],
                RegistryMirrors = ["mirror.example.org"],
                RegistryAuthorities = [authority],
                InsecureRegistries = ["10.0.0.0/8"],
                WhitelistRegistries = ["*.example.org"],
                StorageQuotaGB = 1,
                ContainerLimit = 9,
                ContainerNameConvention = "team-{name}",
                SyslogAddress = "udp://logs.example.org",
                DebugLevel = 2,
            },
            Quiet.Instance,
            Token);

        var configuration = (await ReadAsync(client, vch)).Configuration;
        Assert.Equal(["192.0.2.53", "192.0.2.54"], configuration.Executor.Networks["client"].Network.Nameservers.Select(server => server.ToString()));
        Assert.Equal(
            ["HTTP_PROXY=http://proxy.example.org:3128", "HTTPS_PROXY=http://proxy.example.org:3129", "NO_PROXY=localhost,10.0.0.0/8"],
            configuration.Executor.Sessions["vic-endpoint"].Environment);
        Assert.Equal(["mirror.example.org"], configuration.Registries.Mirrors);
        Assert.Equal(authority, Encoding.UTF8.GetString(configuration.Certificates.RegistryCertificateAuthorities));
        Assert.Equal(["10.0.0.0/8"], configuration.Registries.Insecure);
        Assert.Equal(["*.example.org"], configuration.Registries.Whitelist);
        Assert.Equal((1L << 30, 9), (configuration.Storage.StorageQuota, configuration.Containers.ContainerLimit));
        var syslog = configuration.Executor.Diagnostics.Syslog!;
        Assert.Equal(("udp", "logs.example.org:514"), (syslog.Network, syslog.Address));
        Assert.Equal(("team-{name}", 2), (configuration.Containers.NameConvention, configuration.Executor.Diagnostics.DebugLevel));
        var machine = await client.RetrieveAsync(vch.Reference, ["config.hardware", "resourcePool"], Token);
        Assert.Equal((2, 512), (machine.Get<VirtualHardware>("config.hardware")!.NumCPU, machine.Get<VirtualHardware>("config.hardware")!.MemoryMB));
        var limits = (await client.GetPropertyAsync<ResourceConfigSpec>(machine.Get<ManagedObjectReference>("resourcePool"), "config", Token))!;
        Assert.Equal((3000, 100, SharesLevel.High), (limits.CpuAllocation.Limit, limits.CpuAllocation.Reservation, limits.CpuAllocation.Shares!.Level));
        Assert.Equal((4096, 128, 1234), (limits.MemoryAllocation.Limit, limits.MemoryAllocation.Reservation, limits.MemoryAllocation.Shares!.Shares));
        Assert.Equal(21, changed.Changes.Count);
        Assert.DoesNotContain(changed.Changes, change => change.ToString().Contains("hidden", StringComparison.Ordinal));
        Assert.Contains(changed.Changes, change => change.ToString() == "EndpointMemoryGB: 0.25 -> 0.5" && change.NeedsRestart);
        Assert.Contains(changed.Changes, change => change.ToString() == "MemLimitGB: none -> 4" && !change.NeedsRestart);
        Assert.Contains(changed.Changes, change => change.ToString() == "MemSharesLevel: Normal -> Custom (1234)" && !change.NeedsRestart);
        Assert.Contains(changed.Changes, change => change.ToString() == "StorageQuotaGB: none -> 1" && change.NeedsRestart);
        Assert.Contains(changed.Changes, change => change.ToString() == "SyslogAddress: none -> udp://logs.example.org:514" && change.NeedsRestart);
    }

    [Fact]
    public async Task What_is_as_asked_already_is_not_touched()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        using var client = await lab.ConnectAsync();
        var vch = await RunningVch.DeployAsync(lab, lab.Request());
        lab.Faults.Reset();

        var changed = await new VchReconfiguration(client).RunAsync(
            vch,
            new VchChangeRequest { EndpointMemoryMB = 256, CpuLimitMhz = 0, DnsServers = [], HttpProxy = "", Credential = new EndpointCredential(lab.Facts.User, lab.Facts.Password) },
            Quiet.Instance,
            Token);

        Assert.Empty(changed.Changes);
        Assert.DoesNotContain(lab.Faults.Calls, call => call.Method.EndsWith("_Task", StringComparison.Ordinal) || call.Method == "UpdateConfig");
    }

    [Fact]
    public async Task The_last_proxy_takes_its_exceptions_along_and_an_empty_list_frees_registries()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        var vch = await RunningVch.DeployAsync(lab, lab.Request() with
        {
            Proxies = new ProxyRequest { Http = "http://proxy.example.org:3128", Exceptions = ["localhost"] },
            Registries = new RegistryRequest { Whitelist = ["registry.example.org"] },
        });

        var changed = await new VchReconfiguration(client).RunAsync(
            vch, new VchChangeRequest { HttpProxy = "", WhitelistRegistries = [] }, Quiet.Instance, Token);

        Assert.Equal(
            ["WhitelistRegistry: registry.example.org -> none", "HttpProxy: http://proxy.example.org:3128 -> none", "NoProxy: localhost -> none"],
            changed.Changes.Select(change => change.ToString()));
        var configuration = (await ReadAsync(client, vch)).Configuration;
        Assert.Empty(configuration.Executor.Sessions["vic-endpoint"].Environment);
        Assert.Empty(configuration.Registries.Whitelist);
    }

    [Fact]
    public async Task An_empty_address_takes_the_log_server_away()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        using var client = await lab.ConnectAsync();
        var vch = await RunningVch.DeployAsync(lab, lab.Request() with { SyslogAddress = "udp://logs.example.org" });

        var changed = await new VchReconfiguration(client).RunAsync(vch, new VchChangeRequest { SyslogAddress = "" }, Quiet.Instance, Token);

        Assert.Equal("SyslogAddress: udp://logs.example.org:514 -> none", Assert.Single(changed.Changes).ToString());
        var machine = await client.RetrieveAsync(vch.Reference, ["config.extraConfig"], Token);
        Assert.DoesNotContain(machine.Get<List<OptionValue>>("config.extraConfig")!, option => option.Key.Contains("syslog", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_limits_of_the_pool_are_changed_without_a_restart()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        var vch = await RunningVch.DeployAsync(lab, lab.Request());
        lab.Faults.Reset();

        await new VchReconfiguration(client).RunAsync(vch, new VchChangeRequest { CpuLimitMhz = 2500 }, Quiet.Instance, Token);

        Assert.Equal(2500, (await VchState.ReadAsync(lab)).CpuLimitMhz);
        Assert.DoesNotContain(lab.Faults.Calls, call => call.Method is "PowerOffVM_Task" or "ShutdownGuest" or "CreateSnapshot_Task");
    }

    [Fact]
    public async Task A_plan_shows_the_differences_and_changes_nothing()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        var vch = await RunningVch.DeployAsync(lab, lab.Request());
        var before = await VchState.ReadAsync(lab);

        var changes = await new VchReconfiguration(client).PlanAsync(
            vch, new VchChangeRequest { EndpointCpus = 4, CpuShares = new ShareRequest(SharesLevel.Low) }, Quiet.Instance, Token);

        Assert.Equal(["CpuSharesLevel: Normal -> Low", "EndpointCpu: 1 -> 4"], changes.Select(change => change.ToString()));
        Assert.Equal(before, await VchState.ReadAsync(lab));
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_request_is_told_at_once()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        using var client = await lab.ConnectAsync();
        var vch = await RunningVch.DeployAsync(lab, lab.Request());
        var before = await VchState.ReadAsync(lab);

        var error = await Assert.ThrowsAsync<ValidationException>(() => new VchReconfiguration(client).RunAsync(
            vch,
            new VchChangeRequest
            {
                CpuLimitMhz = 100,
                CpuReservationMhz = 200,
                MemoryShares = new ShareRequest(SharesLevel.Custom),
                DnsServers = ["nowhere"],
                HttpProxy = "http://user:hidden@proxy.example.org:3128",
                InsecureRegistries = ["not a registry"],
                WhitelistRegistries = ["*"],
                RegistryAuthorities = ["no-such-file.pem"],
                StorageQuotaGB = 1L << 20,
                ContainerLimit = -1,
                ContainerNameConvention = "always-the-same",
                SyslogAddress = "tcp://user:hidden@logs.example.org",
                DebugLevel = 9,
                Credential = new EndpointCredential(lab.Facts.User, "a wrong password"),
                ServerThumbprint = lab.Facts.ThumbprintSha256,
                Tls = new TlsChangeRequest { Kind = TlsChangeKind.Renew, CertificatePath = lab.CertificatePath },
            },
            Quiet.Instance,
            Token));

        Assert.Equal(
            [
                "ContainerLimit", "ContainerNameConvention", "CpuReservationMhz", "DebugLevel", "DnsServer", "HttpProxy", "InsecureRegistry", "MemSharesLevel",
                "OperationsCredential", "RegistryCA", "StorageQuotaGB", "SyslogAddress", "TlsCommonName",
                "WhitelistRegistry",
            ],
            error.Problems.Select(problem => problem.Option).Order(StringComparer.Ordinal));
        Assert.Contains("cannot be changed as asked", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("a wrong password", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, await VchState.ReadAsync(lab));
    }

    [Fact]
    public async Task A_new_account_of_the_endpoint_is_sealed_with_the_key_that_the_endpoint_has()
    {
        var account = new LabAccount("endpoint@vsphere.local", "a password of the endpoint");
        await using var lab = await EngineLab.StartAsync(new LabOptions { Model = InventoryModel.VCenter, Accounts = [account], });
        using var client = await lab.ConnectAsync();
        await GrantAsync(client, account.Name);
        var vch = await RunningVch.DeployAsync(lab, lab.Request());
        var before = ReadSecrets(lab);

        await new VchReconfiguration(client).RunAsync(
            vch,
            new VchChangeRequest { Credential = new EndpointCredential(account.Name, account.Password), ServerThumbprint = lab.Facts.ThumbprintSha256 },
            Quiet.Instance,
            Token);

        var after = ReadSecrets(lab);
        Assert.Equal((account.Name, account.Password), (after.Connection.UserName, after.Connection.Token));
        Assert.Equal(before.Executor.Attach.Master, after.Executor.Attach.Master);
        Assert.All(
            Directory.EnumerateFiles(lab.Facts.StateDirectory, "*.vm*", SearchOption.AllDirectories),
            file => Assert.DoesNotContain(account.Password, File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_two_changes_at_the_same_time_one_wins_and_the_other_is_told()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter, TimeSpan.FromMilliseconds(50));
        var vch = await RunningVch.DeployAsync(lab, lab.Request());
        var outcomes = new ConcurrentBag<Exception?>();

        await Task.WhenAll(Enumerable.Range(1, 4).Select(async number =>
        {
            using var client = await lab.ConnectAsync();
            outcomes.Add(await Record.ExceptionAsync(() => new VchReconfiguration(client).RunAsync(
                vch, new VchChangeRequest { EndpointMemoryMB = 256 + (64 * number) }, Quiet.Instance, Token)));
        }));

        Assert.Contains(null, outcomes);
        Assert.All(outcomes.OfType<Exception>(), exception =>
        {
            var refused = Assert.IsType<VicException>(exception);
            Assert.Equal(("UpdateInProgress", VicErrorKind.Busy), (refused.ErrorId, refused.Kind));
            Assert.Contains($"Set-VCH by {Environment.UserName}@", refused.Message, StringComparison.Ordinal);
        });
        var state = await VchState.ReadAsync(lab);
        Assert.Equal((VirtualMachinePowerState.PoweredOn, UpgradeStatus.UpToDate, 1), (state.Power, state.Status, state.Snapshots));
    }

    [Fact]
    public async Task A_change_after_which_the_Docker_API_stays_silent_is_taken_back()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        using var client = await lab.ConnectAsync();
        var vch = await RunningVch.DeployAsync(lab, lab.Request());
        var before = await VchState.ReadAsync(lab);
        lab.Faults.Do(1, () => lab.Endpoint.IsSilent = true, "CreateSnapshot_Task");
        lab.Faults.Do(1, () => lab.Endpoint.IsSilent = false, "RevertToSnapshot_Task");

        var error = await Assert.ThrowsAsync<ChangeException>(() => new VchReconfiguration(client).RunAsync(
            vch, new VchChangeRequest { EndpointMemoryMB = 512, Timeout = TimeSpan.FromSeconds(10) }, Quiet.Instance, Token));

        Assert.Equal(("EndpointNotReady", 0), (error.ErrorId, error.Left.Count));
        Assert.Contains("is as it was before", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await VchState.ReadAsync(lab));
    }

    [Fact]
    public async Task An_endpoint_that_was_off_is_powered_on_with_the_change()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        var vch = await RunningVch.DeployAsync(lab, lab.Request());
        await client.WaitForTaskAsync(await new VirtualMachine(client, vch.Reference).PowerOffVMTaskAsync(Token), cancellationToken: Token);

        await new VchReconfiguration(client).RunAsync(vch, new VchChangeRequest { EndpointMemoryMB = 512 }, Quiet.Instance, Token);

        var state = await VchState.ReadAsync(lab);
        Assert.Equal((VirtualMachinePowerState.PoweredOn, 512), (state.Power, state.MemoryMB));
    }

    [Fact]
    public async Task Nothing_is_reset_where_no_change_broke_off()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        using var client = await lab.ConnectAsync();
        var vch = await RunningVch.DeployAsync(lab, lab.Request());
        var before = await VchState.ReadAsync(lab);

        Assert.Null(await new InterruptedChange(client).ResetAsync(vch, TimeSpan.FromMinutes(1), Quiet.Instance, Token));

        Assert.Equal(before, await VchState.ReadAsync(lab));
    }

    private static Task<VchInfo> ReadAsync(VimClient client, VchInfo vch) => new VchInventory(client).ReadAsync(vch.Reference, Token);

    /// <summary>The configuration with its secrets, as the guest reads it.</summary>
    private static VirtualContainerHostConfiguration ReadSecrets(EngineLab lab)
    {
        var vmx = Assert.Single(Directory.EnumerateFiles(lab.Facts.StateDirectory, $"{EngineLab.VchName}.vmx", SearchOption.AllDirectories));
        var keys = File.ReadLines(vmx).Select(line => line.Split(" = ", 2)).Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0], parts => parts[1].Trim('"').Replace("|7C", "|", StringComparison.Ordinal));
        return VirtualContainerHostConfiguration.Read(GuestInfoReader.ForGuest(keys.GetValueOrDefault));
    }

    private static async Task GrantAsync(VimClient client, string user)
    {
        var manager = new AuthorizationManager(client, client.Content.AuthorizationManager!.Value);
        var role = await manager.AddAuthorizationRoleAsync("login", ["System.Read"], Token);
        await manager.SetEntityPermissionsAsync(
            client.Content.RootFolder, [new Permission { Principal = user, Group = false, RoleId = role, Propagate = true }], Token);
    }
}
