using System.Text;
using Vic.Build.Help;
using Vic.PowerShell.Tests.Commands;

namespace Vic.PowerShell.Tests.Help;

/// <summary>
/// Every example of the help runs, in a real runspace against the lab. The stage around them stands for what an admin has: a vCenter at
/// vcenter.example.org, an account, a virtual container host <c>my-vch</c>, and a docker client.
/// </summary>
public sealed class HelpExampleTests(EmptyLab lab) : IClassFixture<EmptyLab>
{
    private const string SampleServer = "vcenter.example.org";
    private const string SampleThumbprint = "8F:1D:0C:3B:65:7A:02:9E:44:D8:B1:5C:E7:90:3A:6F:21:84:CD:10";

    // Nothing serves Docker in a lab without guests; docker is asked for no more than to be pointed at a VCH.
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
        Clear-Stage

        """;

    // Cmdlets whose examples begin with a site that has no virtual container host.
    private static readonly string[] OnAnEmptySite = ["New-VCH", "Start-VICLab", "Stop-VICLab"];

    [Theory]
    [MemberData(nameof(CompiledModule.Pages), MemberType = typeof(CompiledModule))]
    public async Task Every_example_of_a_page_runs(string command)
    {
        var examples = HelpPageFormat.Read(CompiledModule.Folder.PathOf(command)).Examples;
        var script = new StringBuilder(Stage);
        foreach (var example in examples)
        {
            script.Append("'ran: ").Append(example.Title.Replace("'", "''", StringComparison.Ordinal)).Append("'\n");
            script.Append(OnAnEmptySite.Contains(command) ? "Clear-Stage\n" : "Set-Stage\n");
            script.Append("& {\n").Append(ForTheLab(example.Code)).Append("\n}\n");
        }

        script.Append("Clear-Stage\n");

        var result = await lab.RunAsync(script.ToString(), TestContext.Current.CancellationToken);

        var output = result.EnsureSuccess().Output;
        Assert.All(
            result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            line => Assert.StartsWith("VERBOSE: ", line, StringComparison.Ordinal));
        Assert.All(examples, example => Assert.Contains($"ran: {example.Title}", output, StringComparison.Ordinal));
    }

    private string ForTheLab(string code) => code
        .Replace(SampleServer, lab.Facts.Server, StringComparison.Ordinal)
        .Replace(SampleThumbprint, lab.Facts.Thumbprint, StringComparison.Ordinal);
}
