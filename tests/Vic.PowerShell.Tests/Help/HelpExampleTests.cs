using System.Text;
using Vic.Build.Help;
using Vic.PowerShell.Tests.Commands;
using Vic.Testing.Labs;
using Vic.Testing.Processes;

namespace Vic.PowerShell.Tests.Help;

/// <summary>
/// Every example of the help runs, in a real runspace against the lab. The stage around them stands for what an admin has: a vCenter at
/// vcenter.example.org, an account, a virtual container host <c>my-vch</c>, and a docker client; for what is done to containers, the
/// containers <c>web-1</c> and <c>web-2</c>, which run, and <c>job-1</c>, which does not.
/// </summary>
public sealed class HelpExampleTests(EmptyLab lab, VcenterContainerLab containers) : IClassFixture<EmptyLab>, IClassFixture<VcenterContainerLab>
{
    private const string SampleServer = "vcenter.example.org";
    private const string SampleThumbprint = "8F:1D:0C:3B:65:7A:02:9E:44:D8:B1:5C:E7:90:3A:6F:21:84:CD:10";

    // Nothing serves Docker in a lab without guests: docker is asked for no more than to be pointed at a VCH, and no endpoint is waited for.
    private const string Stage = """
        $work = [System.IO.Directory]::CreateDirectory([System.Guid]::NewGuid().ToString('n')).FullName
        [System.Environment]::CurrentDirectory = $work
        $null = $ExecutionContext.SessionState.Path.SetLocation($work)
        $ConfirmPreference = 'None'
        $WarningPreference = 'SilentlyContinue'
        $PSDefaultParameterValues = @{
            'Connect-VICServer:Port' = $env:VIC_TEST_PORT
            'Connect-VICServer:Thumbprint' = $env:VIC_TEST_THUMBPRINT
            'New-VCH:NoWait' = $true
            'Set-VCH:Timeout' = 1
            'Update-VCH:Timeout' = 1
            'Restore-VCH:Timeout' = 1
            'Enable-VCHDebug:Timeout' = 1
            'Disable-VCHDebug:Timeout' = 1
        }
        function Get-Credential([string] $UserName) { $credential }
        function docker { if (-not $env:DOCKER_HOST) { throw "docker $args, but DOCKER_HOST is not set" } }
        function Set-Stage {
            $null = Connect-VICServer $env:VIC_TEST_SERVER -Credential $credential
            if (-not (Get-VCH my-vch -ErrorAction Ignore)) {
                $null = New-VCH my-vch -Location Cluster -Datastore datastore1 -BridgeNetwork bridge -AdvertisedAddress 127.0.0.1:2376
            }
        }
        function Clear-Stage {
            $null = Connect-VICServer $env:VIC_TEST_SERVER -Credential $credential
            Get-VCH | Remove-VCH -Force
        }

        """;

    // Cmdlets whose examples begin with a site that has no virtual container host.
    private static readonly string[] OnAnEmptySite = ["New-VCH", "Start-VICLab", "Stop-VICLab"];

    // Cmdlets whose examples begin with containers.
    private static readonly string[] OnContainers =
        ["Get-ContainerVMLog", "Remove-ContainerVM", "Restart-ContainerVM", "Start-ContainerVM", "Stop-ContainerVM"];

    [Theory]
    [MemberData(nameof(CompiledModule.Pages), MemberType = typeof(CompiledModule))]
    public async Task Every_example_of_a_page_runs(string command)
    {
        var examples = HelpPageFormat.Read(CompiledModule.Folder.PathOf(command)).Examples;
        var result = OnContainers.Contains(command)
            ? await RunOnContainersAsync(examples)
            : await RunOnVchAsync(examples, OnAnEmptySite.Contains(command) ? "Clear-Stage\n" : "Set-Stage\n");

        var output = result.EnsureSuccess().Output;
        Assert.All(
            result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            line => Assert.StartsWith("VERBOSE: ", line, StringComparison.Ordinal));
        Assert.All(examples, example => Assert.Contains($"ran: {example.Title}", output, StringComparison.Ordinal));
    }

    private Task<CommandResult> RunOnVchAsync(IReadOnlyList<HelpExample> examples, string stage) =>
        lab.RunAsync($"{Stage}Clear-Stage\n{ScriptOf(examples, stage, lab.Facts)}Clear-Stage\n", TestContext.Current.CancellationToken);

    private async Task<CommandResult> RunOnContainersAsync(IReadOnlyList<HelpExample> examples)
    {
        await containers.CreateAsync("web-1", isOn: true, bootstrapIso: "[datastore1] earlier/bootstrap.iso");
        await containers.CreateAsync("web-2", isOn: true, bootstrapIso: "[datastore1] earlier/bootstrap.iso");
        await containers.CreateAsync("job-1", isOn: false, bootstrapIso: "[datastore1] earlier/bootstrap.iso");
        var script = ScriptOf(examples, EmptyLab.Connect, containers.Facts).Replace("my-vch", ContainerLab.VchName, StringComparison.Ordinal);
        return await containers.RunAsync(
            $"{Stage}{script}Get-ContainerVM | Remove-ContainerVM -Force\n", TestContext.Current.CancellationToken);
    }

    private static string ScriptOf(IReadOnlyList<HelpExample> examples, string stage, LabFacts facts)
    {
        var script = new StringBuilder();
        foreach (var example in examples)
        {
            script.Append("'ran: ").Append(example.Title.Replace("'", "''", StringComparison.Ordinal)).Append("'\n");
            script.Append(stage).Append("& {\n").Append(ForTheLab(example.Code, facts)).Append("\n}\n");
        }

        return script.ToString();
    }

    private static string ForTheLab(string code, LabFacts facts) => code
        .Replace(SampleServer, facts.Server, StringComparison.Ordinal)
        .Replace(SampleThumbprint, facts.Thumbprint, StringComparison.Ordinal);
}
