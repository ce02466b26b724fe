using Vic.EndToEnd.Tests.Deployment;
using Vic.Testing.Deployment;
using Vic.Testing.Docker;
using Vic.Testing.Files;
using Vic.Testing.Shell;

namespace Vic.EndToEnd.Tests.Machines;

/// <summary>What the module's cmdlets do to a container through vSphere, Docker clients see through the endpoint.</summary>
[Collection<VcenterVchCollection>]
public sealed class ContainerCmdletTests(VcenterVch vch)
{
    private const string Name = "handled";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DockerClient Docker => vch.Docker;

    [Fact]
    public async Task A_container_is_stopped_started_read_and_removed_by_cmdlets_and_docker_knows()
    {
        const string trap = "trap 'echo term; exit 3' TERM; echo up; while :; do sleep 0.1; done";
        (await Docker.RunAsync(Cancellation, "run", "-d", "--name", Name, "busybox", "sh", "-c", trap)).EnsureSuccess();
        await Docker.WaitForLogAsync(Name, "up", Cancellation);

        await RunAsync("Stop-ContainerVM handled -Timeout 60");
        Assert.Equal("3\n", (await Docker.RunAsync(Cancellation, "wait", Name)).EnsureSuccess().Output);
        Assert.Equal("up\nterm\n", await LogsAsync());
        Assert.Equal("Exited (3)", string.Join(' ', (await ListAsync("{{.Status}}")).Split(' ')[..2]));

        await RunAsync("Start-ContainerVM handled");
        await UntilAsync(async () => await LogsAsync() == "up\nterm\nup\n");
        await UntilAsync(async () => (await Docker.RunAsync(Cancellation, "exec", Name, "echo", "inside")) is { ExitCode: 0, Output: "inside\n" });
        Assert.StartsWith("Up ", await ListAsync("{{.Status}}"), StringComparison.Ordinal);
        Assert.Equal(await LogsAsync(), await RunAsync("Get-ContainerVMLog handled | ForEach-Object { $_.Text }"));

        await RunAsync("Get-ContainerVM handled | Stop-ContainerVM -Timeout 60 -PassThru | Remove-ContainerVM -Confirm:$false");
        await UntilAsync(async () => await ListAsync("{{.Names}}") == "");
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(Pause, Cancellation);
        }
    }

    private async Task<string> LogsAsync() => (await Docker.RunAsync(Cancellation, "logs", Name)).EnsureSuccess().Output;

    private async Task<string> ListAsync(string format) =>
        (await Docker.RunAsync(Cancellation, "ps", "-a", "--filter", $"name={Name}", "--format", format)).EnsureSuccess().Output.Trim();

    private async Task<string> RunAsync(string command)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder["command.ps1"],
            $$"""
            $ErrorActionPreference = 'Stop'
            Import-Module '{{ModuleShell.ModuleManifest}}'
            $password = [securestring]::new()
            foreach ($character in $env:VIC_TEST_PASSWORD.ToCharArray()) { $password.AppendChar($character) }
            $credential = [pscredential]::new($env:VIC_TEST_USER, $password)
            $server = Connect-VICServer -Server $env:VIC_TEST_SERVER -Port $env:VIC_TEST_PORT -Credential $credential -Thumbprint $env:VIC_TEST_THUMBPRINT
            {{command}}
            """,
            Cancellation);
        return (await ModuleShell.Script(folder["command.ps1"], vch.Lab.Credentials()).RunAsync(Cancellation)).EnsureSuccess().Output;
    }
}
