using Vic.PowerShell.Tests.Commands;
using Vic.Testing.Files;
using Vic.Testing.Processes;
using Vic.Vim25;

namespace Vic.PowerShell.Tests.Scripts.Examples;

/// <summary>A lab in which the scripts of <c>examples</c> do their work.</summary>
public sealed class ExampleLab() : ContainerLab("vcenter")
{
    /// <summary>What a VCH needs here that is deployed in a moment.</summary>
    public const string SmallVch =
        "-Location Cluster -ImageStore datastore1 -BridgeNetwork bridge -AdvertisedAddress 127.0.0.1:2376 -CertificateKeyAlgorithm Ecdsa -NoWait -WarningAction SilentlyContinue";

    private const string Login = "-Server $env:VIC_TEST_SERVER -Port $env:VIC_TEST_PORT -Credential $credential -Thumbprint $env:VIC_TEST_THUMBPRINT";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Runs a script of <c>examples</c> with these arguments in a shell of its own, whose exit status is the script's.</summary>
    /// <param name="name">The script's name without its ending.</param>
    /// <param name="arguments">What is passed besides the login.</param>
    /// <param name="show">What is written for each object that the script gives, as <c>$_</c>.</param>
    public Task<CommandResult> RunExampleAsync(string name, string arguments, string show) => RunAsync(
        $$"""
        & '{{Repository.PathOf($"examples/{name}.ps1")}}' {{Login}} {{arguments}} | ForEach-Object { "{{show}}" }
        exit $LASTEXITCODE
        """,
        Token);

    /// <summary>Runs a script with a session.</summary>
    public async Task<string> RunConnectedAsync(string script) => (await RunAsync(Connect + script, Token)).EnsureSuccess().Output;

    /// <summary>Makes a VCH look as if an older release had made it.</summary>
    public async Task AgeAsync(string name)
    {
        var machines = await Client.RetrieveAllAsync("VirtualMachine", ["name"], cancellationToken: Token);
        var endpoint = machines.Single(machine => machine.Get<string>("name") == name).Reference;
        var spec = new VirtualMachineConfigSpec
        {
            ExtraConfig =
            [
                new OptionValue { Key = "guestinfo.vice./init/version/Version", Value = "v0.0.9" },
                new OptionValue { Key = "guestinfo.vice./init/version/GitCommit", Value = "0009999" },
            ],
        };
        await Client.WaitForTaskAsync(await new VirtualMachine(Client, endpoint).ReconfigVMTaskAsync(spec, Token), cancellationToken: Token);
    }
}
