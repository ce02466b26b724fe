using Vic.Vim25;

namespace Vic.Lab.Tests.Operations;

public sealed class HostFirewallTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ruleset_is_enabled_and_disabled_in_the_system_and_in_the_hosts_configuration()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var host = await lab.FindAsync("HostSystem", "esx1.lab.local");
        var firewall = await FirewallAsync(lab, host);
        Assert.False((await RulesetAsync(lab, host, "remoteSerialPort")).Enabled);

        await firewall.EnableRulesetAsync("remoteSerialPort", Token);

        Assert.True((await RulesetAsync(lab, host, "remoteSerialPort")).Enabled);
        var shown = await lab.ReadAsync<HostFirewallInfo>(firewall.Reference, "firewallInfo");
        Assert.True(shown!.Ruleset!.Single(ruleset => ruleset.Key == "remoteSerialPort").Enabled);
        var other = await lab.FindAsync("HostSystem", "esx2.lab.local");
        Assert.False((await RulesetAsync(lab, other, "remoteSerialPort")).Enabled);

        await firewall.DisableRulesetAsync("remoteSerialPort", Token);

        Assert.False((await RulesetAsync(lab, host, "remoteSerialPort")).Enabled);
    }

    [Fact]
    public async Task Rules_say_direction_ports_and_protocol()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var ruleset = await RulesetAsync(lab, await lab.FindAsync("HostSystem"), "remoteSerialPort");

        Assert.Equal(
            [("Outbound", 0, 65535, "tcp"), ("Inbound", 23, 0, "tcp"), ("Inbound", 1024, 65535, "tcp")],
            ruleset.Rule.Select(rule => (rule.Direction.ToString(), rule.Port, rule.EndPort ?? 0, rule.Protocol)));
    }

    [Fact]
    public async Task A_ruleset_that_is_not_there_is_not_found()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var firewall = await FirewallAsync(lab, await lab.FindAsync("HostSystem"));

        await ConnectedLab.FaultOfAsync<NotFound>(() => firewall.EnableRulesetAsync("noSuchRuleset", Token));
        await ConnectedLab.FaultOfAsync<NotFound>(() => firewall.DisableRulesetAsync("noSuchRuleset", Token));
    }

    [Fact]
    public async Task A_ruleset_allows_only_the_addresses_that_it_is_told()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var host = await lab.FindAsync("HostSystem");
        var firewall = await FirewallAsync(lab, host);

        await firewall.UpdateRulesetAsync("sshServer", Allow("10.1.0.0", 16), Token);

        var allowed = (await RulesetAsync(lab, host, "sshServer")).AllowedHosts!;
        Assert.False(allowed.AllIp);
        Assert.Equal("10.1.0.0", allowed.IpNetwork!.Single().Network);
        var fault = await ConnectedLab.FaultOfAsync<InvalidArgument>(() => firewall.UpdateRulesetAsync("sshServer", Allow("10.1.0.0", 33), Token));
        Assert.Equal("spec.allowedHosts.ipNetwork", fault.InvalidProperty);
    }

    [Fact]
    public async Task A_lab_starts_with_a_firewall_that_is_wrong_on_purpose()
    {
        await using var lab = await ConnectedLab.StartAsync(new LabOptions
        {
            HostFirewall = new HostFirewallOptions
            {
                IsEnabled = false, BlocksByDefault = false, EnabledRulesets = ["vSPC"], DisabledRulesets = ["sshServer"],
            },
        });
        var host = await lab.FindAsync("HostSystem");

        Assert.True((await RulesetAsync(lab, host, "vSPC")).Enabled);
        Assert.False((await RulesetAsync(lab, host, "sshServer")).Enabled);
        Assert.False(await lab.ReadAsync<bool>(host, "config.firewall.defaultPolicy.outgoingBlocked"));
        Assert.Contains("<Enabled>false</Enabled>", await EsxCliAsync(lab, host, "network.firewall.get"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Esxcli_tells_the_state_of_the_firewall_that_the_API_does_not_show()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var host = await lab.FindAsync("HostSystem");

        var before = await EsxCliAsync(lab, host, "network.firewall.get");
        Assert.Contains("<DefaultAction>DROP</DefaultAction><Enabled>true</Enabled><Loaded>true</Loaded>", before, StringComparison.Ordinal);

        await EsxCliAsync(lab, host, "network.firewall.set", ("enabled", "false"), ("defaultaction", "true"));

        var after = await EsxCliAsync(lab, host, "network.firewall.get");
        Assert.Contains("<DefaultAction>PASS</DefaultAction><Enabled>false</Enabled>", after, StringComparison.Ordinal);
        Assert.False(await lab.ReadAsync<bool>(host, "config.firewall.defaultPolicy.incomingBlocked"));
    }

    [Fact]
    public async Task Esxcli_lists_and_sets_rulesets_as_the_API_shows_them()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var host = await lab.FindAsync("HostSystem");

        await EsxCliAsync(lab, host, "network.firewall.ruleset.set", ("rulesetid", "nfsClient"), ("enabled", "true"));

        Assert.True((await RulesetAsync(lab, host, "nfsClient")).Enabled);
        Assert.Contains(
            "<Enabled>true</Enabled><Name>nfsClient</Name>",
            await EsxCliAsync(lab, host, "network.firewall.ruleset.list"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Esxcli_describes_its_commands_to_clients_that_parse_options()
    {
        await using var lab = await ConnectedLab.StartAsync();

        var result = await ExecuteAsync(
            lab,
            await lab.FindAsync("HostSystem"),
            "ha-dynamic-type-manager-local-cli-cliinfo",
            "vim.CLIInfo.FetchCLIInfo",
            ("typeName", "vim.EsxCLI.network.firewall.ruleset"));

        Assert.Contains("<aliases>-r</aliases><aliases>--ruleset-id</aliases>", result.Response!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ha-cli-handler-network-firewall", "vim.EsxCLI.network.firewall.explode")]
    [InlineData("ha-cli-handler-storage", "vim.EsxCLI.network.firewall.get")]
    public async Task An_unknown_esxcli_command_answers_with_a_fault_in_the_result(string handler, string method)
    {
        await using var lab = await ConnectedLab.StartAsync();

        var result = await ExecuteAsync(lab, await lab.FindAsync("HostSystem"), handler, method);

        Assert.Null(result.Response);
        Assert.Contains("Unknown command", result.Fault!.FaultDetail!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_starts_and_stops_and_an_unknown_one_is_not_found()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var host = await lab.FindAsync("HostSystem");
        var services = new HostServiceSystem(lab.Client, await lab.ReadAsync<ManagedObjectReference>(host, "configManager.serviceSystem"));

        await services.StartServiceAsync("TSM-SSH", Token);
        Assert.True(await lab.ReadAsync<bool>(host, "config.service.service[\"TSM-SSH\"].running"));
        await services.StopServiceAsync("TSM-SSH", Token);
        Assert.False(await lab.ReadAsync<bool>(host, "config.service.service[\"TSM-SSH\"].running"));

        await ConnectedLab.FaultOfAsync<NotFound>(() => services.StartServiceAsync("telnetd", Token));
        await ConnectedLab.FaultOfAsync<InvalidState>(() => services.StopServiceAsync("vmsyslogd", Token));
    }

    private static async Task<HostFirewallSystem> FirewallAsync(ConnectedLab lab, ManagedObjectReference host)
        => new(lab.Client, await lab.ReadAsync<ManagedObjectReference>(host, "configManager.firewallSystem"));

    private static async Task<HostFirewallRuleset> RulesetAsync(ConnectedLab lab, ManagedObjectReference host, string key)
        => (await lab.ReadAsync<HostFirewallRuleset>(host, $"config.firewall.ruleset[\"{key}\"]"))!;

    private static HostFirewallRulesetRulesetSpec Allow(string network, int prefix) => new()
    {
        AllowedHosts = new HostFirewallRulesetIpList
        {
            AllIp = false,
            IpNetwork = [new HostFirewallRulesetIpNetwork { Network = network, PrefixLength = prefix }],
        },
    };

    private static async Task<string> EsxCliAsync(
        ConnectedLab lab, ManagedObjectReference host, string command, params (string Name, string Value)[] arguments)
    {
        var handler = "ha-cli-handler-" + command[..command.LastIndexOf('.')].Replace('.', '-');
        var result = await ExecuteAsync(lab, host, handler, "vim.EsxCLI." + command, arguments);
        Assert.Null(result.Fault);
        return result.Response!;
    }

    private static async Task<ReflectManagedMethodExecuterSoapResult> ExecuteAsync(
        ConnectedLab lab, ManagedObjectReference host, string handler, string method, params (string Name, string Value)[] arguments)
    {
        var executer = await new HostSystem(lab.Client, host).RetrieveManagedMethodExecuterAsync(Token);
        return (await lab.Client.InvokeAsync(
            new ExecuteSoapRequest
            {
                This = executer,
                Moid = handler,
                Version = "urn:vim25/5.0",
                Method = method,
                Argument = [.. arguments.Select(argument => new ReflectManagedMethodExecuterSoapArgument
                {
                    Name = argument.Name, Val = $"<{argument.Name}>{argument.Value}</{argument.Name}>",
                })],
            },
            Token))!;
    }
}
