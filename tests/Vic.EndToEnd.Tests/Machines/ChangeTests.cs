using System.Diagnostics;
using System.Globalization;
using Vic.EndToEnd.Tests.Deployment;
using Vic.Testing.Deployment;
using Vic.Testing.Docker;
using Vic.Testing.Files;
using Vic.Testing.Shell;

namespace Vic.EndToEnd.Tests.Machines;

/// <summary>Containers do not notice that their VCH is changed.</summary>
[Collection<ExpendableVchCollection>]
public sealed class ChangeTests(ExpendableVch vch)
{
    private static readonly string[] Names = ["changed-ticker", "changed-sleeper"];
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DockerClient Docker => vch.Docker;

    [Fact]
    public async Task Two_containers_run_on_while_their_VCH_is_changed_updated_and_brought_back()
    {
        const string ticks = "trap 'echo bye; exit 0' TERM; i=0; while :; do echo tick $i; i=$((i+1)); sleep 0.5; done";
        (await Docker.RunAsync(Cancellation, "run", "-d", "--name", Names[0], "busybox", "sh", "-c", ticks)).EnsureSuccess();
        (await Docker.RunAsync(Cancellation, "run", "-d", "--name", Names[1], "busybox", "sleep", "3600")).EnsureSuccess();
        var before = await BootIdsAsync();
        var machines = LabProcesses.Machines(vch.Lab, "bootstrap.iso");
        var isos = Isos();

        await ChangeAsync("Set-VCH", "-EndpointMemoryGB 1.5 -RenewCertificate -CertificateKeyAlgorithm Ecdsa -CertificatePath $env:VIC_TEST_CERTIFICATES");
        Assert.Equal(before, await BootIdsAsync());
        await ChangeAsync("Update-VCH", "-Force");
        Assert.Equal(before, await BootIdsAsync());
        Assert.Equal("made after the update\n", (await Docker.RunAsync(Cancellation, "run", "--rm", "busybox", "echo", "made after the update")).EnsureSuccess().Output);
        await ChangeAsync("Restore-VCH", "-Confirm:$false");

        Assert.Equal(before, await BootIdsAsync());
        Assert.Equal(machines, LabProcesses.Machines(vch.Lab, "bootstrap.iso"));
        (await Docker.RunAsync(Cancellation, "stop", "-t", "60", Names[0])).EnsureSuccess();
        var lines = (await Docker.RunAsync(Cancellation, "logs", Names[0])).EnsureSuccess().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("bye", lines[^1]);
        Assert.Equal(Enumerable.Range(0, lines.Length - 1).Select(number => $"tick {number}"), lines[..^1]);
        (await Docker.RunAsync(Cancellation, "rm", "-f", Names[0], Names[1])).EnsureSuccess();

        // Those of the update, which nothing uses any more.
        Isos().Except(isos).ToList().ForEach(File.Delete);
    }

    /// <summary>Changes the VCH as an administrator would, and tells how long the Docker API was away.</summary>
    private async Task ChangeAsync(string cmdlet, string parameters)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder["change.ps1"],
            $$"""
            $ErrorActionPreference = 'Stop'
            Import-Module $env:VIC_TEST_MODULE
            $password = [securestring]::new()
            foreach ($character in $env:VIC_TEST_PASSWORD.ToCharArray()) { $password.AppendChar($character) }
            $credential = [pscredential]::new($env:VIC_TEST_USER, $password)
            $server = Connect-VICServer -Server $env:VIC_TEST_SERVER -Port $env:VIC_TEST_PORT -Credential $credential -Thumbprint $env:VIC_TEST_THUMBPRINT
            {{cmdlet}} {{VchDeployment.Name}} -Timeout 900 {{parameters}}
            """,
            Cancellation);
        var environment = new Dictionary<string, string?>(vch.Lab.Credentials())
        {
            ["VIC_TEST_MODULE"] = ModuleShell.ModuleManifest,
            ["VIC_TEST_CERTIFICATES"] = vch.Deployment.CertificatePath,
        };
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var watching = LongestAbsenceAsync(over.Token);
        var result = await ModuleShell.Script(folder["change.ps1"], environment).RunAsync(Cancellation);
        await over.CancelAsync();
        result.EnsureSuccess();
        var seconds = (await watching).TotalSeconds.ToString("F0", CultureInfo.InvariantCulture);
        TestContext.Current.TestOutputHelper!.WriteLine($"measured: {seconds} s without Docker API during {cmdlet}");
    }

    /// <summary>The longest time between two answers of the Docker API until it is told to stop and one has come.</summary>
    private async Task<TimeSpan> LongestAbsenceAsync(CancellationToken stop)
    {
        var longest = TimeSpan.Zero;
        var last = Stopwatch.GetTimestamp();
        while (true)
        {
            if ((await Docker.RunAsync(Cancellation, "version")).ExitCode == 0)
            {
                var absence = Stopwatch.GetElapsedTime(last);
                longest = absence > longest ? absence : longest;
                last = Stopwatch.GetTimestamp();
                if (stop.IsCancellationRequested)
                {
                    return longest;
                }
            }

            await Task.Delay(Pause, Cancellation);
        }
    }

    private async Task<IReadOnlyList<string>> BootIdsAsync()
    {
        var ids = new List<string>();
        foreach (var name in Names)
        {
            // A container's session comes back a moment after its endpoint.
            var answer = await Docker.RunAsync(Cancellation, "exec", name, "cat", "/proc/sys/kernel/random/boot_id");
            while (answer.ExitCode != 0)
            {
                await Task.Delay(Pause, Cancellation);
                answer = await Docker.RunAsync(Cancellation, "exec", name, "cat", "/proc/sys/kernel/random/boot_id");
            }

            ids.Add(answer.Output);
        }

        return ids;
    }

    private List<string> Isos() => [.. Directory.EnumerateFiles(vch.Lab.StateDirectory, "*.iso", SearchOption.AllDirectories)];
}
