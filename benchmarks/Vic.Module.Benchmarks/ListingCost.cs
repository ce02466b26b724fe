using System.Diagnostics;
using System.Globalization;
using Vic.Configuration;
using Vic.Testing.Deployment;
using Vic.Testing.Files;
using Vic.Testing.Labs;
using Vic.Testing.Shell;
using Vic.Vim25;

namespace Vic.Module.Benchmarks;

/// <summary>What a listing costs where most machines are nobody's containers, beside one bare reading of the same properties.</summary>
internal static class ListingCost
{
    private const int Machines = 10_000;
    private const int Containers = 500;
    private const string VchName = "listed";

    private static readonly string[] Properties = ["name", "runtime.powerState", "config.extraConfig"];

    public static async Task RunAsync(TemporaryFolder folder, CancellationToken cancellationToken)
    {
        await using var lab = await LabProcess.StartAsync(
            cancellationToken, "--runtime", "none", "--machines", (Machines - Containers - 1).ToString(CultureInfo.InvariantCulture));
        using var client = await VimClient.ConnectAsync(
            new VimClientOptions(new Uri(lab.Facts.Url)) { Thumbprint = lab.Facts.Thumbprint }, cancellationToken);
        await client.LoginAsync(lab.Facts.User, lab.Facts.Password, cancellationToken);
        var script = folder["listing.ps1"];
        await File.WriteAllTextAsync(script, Script, cancellationToken);
        await RunAsync(script, lab, "deploy", cancellationToken);
        await CreateContainersAsync(client, cancellationToken);

        var (floor, cpu) = await ReadAsync(client, cancellationToken);
        Console.WriteLine($"one bare reading of {Machines} machines: {floor:F1} s, {cpu:F1} s of processor time");
        Console.WriteLine(await RunAsync(script, lab, "list", cancellationToken));
    }

    private static async Task<string> RunAsync(string script, LabProcess lab, string job, CancellationToken cancellationToken) =>
        (await ModuleShell.Script(
            script, lab.Facts.Credentials(), "-Module", ModuleShell.ModuleManifest, "-Location", lab.Facts.ComputeResource, "-Job", job)
            .RunAsync(cancellationToken)).EnsureSuccess().Output;

    private static async Task<(double Seconds, double Cpu)> ReadAsync(VimClient client, CancellationToken cancellationToken)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        var machines = await client.RetrieveAllAsync("VirtualMachine", Properties, cancellationToken: cancellationToken);
        process.Refresh();
        return machines.Count == Machines
            ? (Stopwatch.GetElapsedTime(started).TotalSeconds, (process.TotalProcessorTime - before).TotalSeconds)
            : throw new InvalidOperationException($"There are {machines.Count} machines.");
    }

    private static async Task CreateContainersAsync(VimClient client, CancellationToken cancellationToken)
    {
        var all = await client.RetrieveAllAsync("VirtualMachine", ["name", "parent", "resourcePool"], cancellationToken: cancellationToken);
        var endpoint = all.Single(machine => machine.Get<string>("name") == VchName);
        var parent = new Folder(client, endpoint.Get<ManagedObjectReference>("parent"));
        for (var number = 0; number < Containers; number++)
        {
            var id = number.ToString("x64", CultureInfo.InvariantCulture);
            var configuration = new ExecutorConfiguration { Id = id, Name = $"container-{number}", RepositoryName = "busybox" };
            configuration.Sessions[id] = new SessionConfiguration { Id = id, Name = id, Path = "/bin/true", Active = true };
            var spec = new VirtualMachineConfigSpec
            {
                Name = $"container-{number}",
                GuestId = "other64Guest",
                Files = new VirtualMachineFileInfo { VmPathName = "[datastore1]" },
                NumCPUs = 1,
                MemoryMB = 64,
                ExtraConfig = [.. GuestInfoSet.Of(configuration, SecretKey.Generate()).Select(key => new OptionValue { Key = key.Key, Value = key.Value })],
            };
            var task = await parent.CreateVMTaskAsync(spec, endpoint.Get<ManagedObjectReference>("resourcePool"), cancellationToken: cancellationToken);
            await client.WaitForTaskAsync(task, cancellationToken: cancellationToken);
        }
    }

    private const string Script = $$"""
        param([string] $Module, [string] $Location, [string] $Job)
        $ErrorActionPreference = 'Stop'
        Import-Module $Module
        $password = [securestring]::new()
        foreach ($character in $env:VIC_TEST_PASSWORD.ToCharArray()) { $password.AppendChar($character) }
        $credential = [pscredential]::new($env:VIC_TEST_USER, $password)
        $null = Connect-VICServer -Server $env:VIC_TEST_SERVER -Port $env:VIC_TEST_PORT -Credential $credential -Thumbprint $env:VIC_TEST_THUMBPRINT
        if ($Job -eq 'deploy') {
            $null = New-VCH {{VchName}} -Location $Location -ImageStore datastore1 -BridgeNetwork bridge -AdvertisedAddress 127.0.0.1:2375 -NoTls -NoWait -CertificatePath "$PSScriptRoot/certificates" -WarningAction SilentlyContinue
            return
        }
        function Show-Cost {
            param([string] $What, [scriptblock] $Command)
            $process = [System.Diagnostics.Process]::GetCurrentProcess()
            $before = $process.TotalProcessorTime
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $calls = 0
            $found = 0
            foreach ($item in (& $Command)) { if ($item -is [System.Management.Automation.DebugRecord]) { $calls++ } else { $found++ } }
            $watch.Stop()
            $process.Refresh()
            $cpu = ($process.TotalProcessorTime - $before).TotalSeconds
            $peak = $process.PeakWorkingSet64 / 1MB
            [string]::Format([cultureinfo]::InvariantCulture, '{0}: {1} found in {2} round trips, {3:F1} s, {4:F1} s of processor time, peak {5:F0} MiB', $What, $found, $calls, $watch.Elapsed.TotalSeconds, $cpu, $peak)
        }
        Show-Cost 'Get-VCH' { Get-VCH -Debug 5>&1 }
        Show-Cost 'Get-ContainerVM' { Get-ContainerVM -Debug 5>&1 }
        Show-Cost 'Get-ContainerVM, again' { Get-ContainerVM -Debug 5>&1 }
        """;
}
