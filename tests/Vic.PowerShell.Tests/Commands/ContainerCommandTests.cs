using System.Buffers.Binary;
using System.Text;
using Vic.Testing.Processes;

namespace Vic.PowerShell.Tests.Commands;

/// <summary>What an administrator does to containers, and reads of them, while no endpoint runs and no Docker client is at hand.</summary>
public abstract class ContainerCommandTests(ContainerLab lab)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Containers_are_stopped_and_started_by_the_pipeline_and_doing_it_twice_is_no_error()
    {
        await lab.CreateAsync("web1", isOn: true);
        await lab.CreateAsync("web2", isOn: true);

        var result = await RunAsync("""
            Get-ContainerVM web* | Stop-ContainerVM -Timeout 0 -PassThru -WarningAction SilentlyContinue | ForEach-Object { "stopped: $_ $($_.PowerState)" }
            Stop-ContainerVM web1, web2 -PassThru | ForEach-Object { "again: $_ $($_.PowerState)" }
            $vm = [pscustomobject]@{ Name = 'web1'; Id = (Get-ContainerVM web1).Id; Uid = (Get-ContainerVM web1).Uid }
            $vm | Start-ContainerVM -PassThru | ForEach-Object { "started: $_ $($_.State)" }
            Start-ContainerVM web? -PassThru | ForEach-Object { "all: $_ $($_.State)" }
            Restart-ContainerVM web1 -Kill -PassThru | ForEach-Object { "restarted: $_ $($_.State) on $($_.Server) is $($_.Id)" }
            """);

        Assert.Equal("", result.Error);
        Assert.Contains("stopped: web1 PoweredOff\nstopped: web2 PoweredOff\nagain: web1 PoweredOff\nagain: web2 PoweredOff\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("started: web1 running\nall: web1 running\nall: web2 running\n", result.Output, StringComparison.Ordinal);
        Assert.Contains($"restarted: web1 running on {lab.Facts.Server}:{lab.Facts.Port} is VirtualMachine-", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_nothing_has_is_an_error_and_the_others_are_done()
    {
        await lab.CreateAsync("present", isOn: true);

        var result = await RunAsync("""
            Stop-ContainerVM lost, present -Kill -ErrorAction SilentlyContinue -ErrorVariable problems
            "problems: $($problems.Count) $($problems[0].FullyQualifiedErrorId) $($problems[0].CategoryInfo.Category)"
            Stop-ContainerVM lost*
            try { 'present' | Stop-ContainerVM } catch { "text: $($_.FullyQualifiedErrorId)" }
            try { Get-VCH | Stop-ContainerVM } catch { "other: $($_.FullyQualifiedErrorId)" }
            """);

        Assert.Contains("problems: 1 NotFound,", result.Output, StringComparison.Ordinal);
        Assert.Contains("ObjectNotFound", result.Output, StringComparison.Ordinal);
        Assert.Contains("text: TextFromPipeline,", result.Output, StringComparison.Ordinal);
        Assert.Contains("other: NotAContainerVM,", result.Output, StringComparison.Ordinal);
        Assert.False(await lab.IsOnAsync("present"));
    }

    [Fact]
    public async Task A_container_that_runs_is_removed_only_by_force_and_WhatIf_does_nothing()
    {
        var folder = await lab.CreateAsync("removable", isOn: true);

        var refused = await RunAsync("""
            Remove-ContainerVM removable -Force -WhatIf
            Stop-ContainerVM removable -Kill -WhatIf
            try { Remove-ContainerVM removable -Confirm:$false } catch { "refused: $($_.FullyQualifiedErrorId)" }
            """);
        Assert.Contains("refused: ContainerRunning,", refused.Output, StringComparison.Ordinal);
        Assert.True(await lab.IsOnAsync("removable"));

        await RunAsync("Get-ContainerVM removable | Remove-ContainerVM -Force -Confirm:$false");
        Assert.False(await lab.ExistsAsync("removable"));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_container_is_moved_to_the_bootstrap_of_its_VCH_and_WhatIf_tells_from_which_to_which()
    {
        const string Iso = "[datastore1] earlier/bootstrap.iso";
        await lab.CreateAsync("movable", isOn: true, bootstrapIso: Iso);

        var announced = await RunAsync("""
            Restart-ContainerVM movable -UpdateBootstrap -Kill -WhatIf
            "version: $((Get-VCH host).Version)"
            """);
        var version = announced.Output.Split("version: ")[1].Trim();
        Assert.Contains($"with the bootstrap ISO of {version} in place of v0.0.9-0-0009999", announced.Output, StringComparison.Ordinal);
        Assert.Equal(Iso, await lab.BootstrapIsoAsync("movable"));

        var moved = await RunAsync("""
            Get-ContainerVM movable | Restart-ContainerVM -UpdateBootstrap -Kill -PassThru | ForEach-Object { "moved: $($_.State)" }
            Get-ContainerVM movable | ForEach-Object { "boots: $($_.BootstrapVersion)" }
            """);

        Assert.Contains($"moved: running\nboots: {version}\n", moved.Output, StringComparison.Ordinal);
        Assert.EndsWith($"/{version}-bootstrap.iso", await lab.BootstrapIsoAsync("movable"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_of_vic_machines_endpoint_is_not_moved_and_goes_on_running()
    {
        await lab.CreateAsync("ancient", isOn: true, bootstrapIso: "[datastore1] earlier/bootstrap.iso", isOfVicMachine: true);

        var result = await RunAsync("""
            Get-ContainerVM ancient | ForEach-Object { "boots: $($_.BootstrapVersion)" }
            Restart-ContainerVM ancient -UpdateBootstrap -Kill -ErrorAction SilentlyContinue -ErrorVariable problems
            "refused: $($problems[0].FullyQualifiedErrorId) $($problems[0].CategoryInfo.Category) $($problems[0].ErrorDetails.RecommendedAction)"
            """);

        Assert.Contains("boots: v1.5.6-0-0009999\nrefused: OtherTether,", result.Output, StringComparison.Ordinal);
        Assert.Contains("Recreate the container from its image", result.Output, StringComparison.Ordinal);
        Assert.True(await lab.IsOnAsync("ancient"));
    }

    [Fact]
    public async Task A_log_is_lines_with_time_and_stream()
    {
        var folder = await lab.CreateAsync("chatty", isOn: false);
        await File.WriteAllBytesAsync(
            Path.Combine(folder, "output.log"), [.. Entry("one\ntwo\n", isError: false), .. Entry("trouble\n", isError: true)], Cancellation);

        var result = await RunAsync("""
            Get-ContainerVMLog chatty | ForEach-Object { "$($_.Timestamp.ToUniversalTime().ToString('HH:mm:ss')) $($_.Stream) $_ of $($_.Name)" }
            Get-ContainerVM chatty | Get-ContainerVMLog -Tail 1 -Wait | ForEach-Object { "tail: $($_.Text)" }
            """);

        Assert.Contains(
            "04:05:06 stdout one of chatty\n04:05:06 stdout two of chatty\n04:05:06 stderr trouble of chatty\ntail: trouble\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_networks_and_statistics_of_a_VCH_are_read_without_its_endpoint()
    {
        await lab.CreateAsync("counted", isOn: true);
        var store = Directory.CreateDirectory(Path.Combine(await lab.EndpointFolderAsync(), "kvStores"));
        var configuration = Convert.ToBase64String("""{"created":"2024-05-06T07:08:09Z","architecture":"amd64","os":"linux"}"""u8);
        await File.WriteAllTextAsync(
            Path.Combine(store.FullName, "images.dat"),
            $$"""
            {"Version":1,"Images":[{"Id":"sha256:{{new string('a', 64)}}","Configuration":"{{configuration}}","Tags":["docker.io/library/busybox:latest"],
            "Digests":[],"Layers":[{"Id":"layer","DiffId":"sha256:0","Size":2097152}],"IsRemoved":false}]}
            """,
            Cancellation);

        var result = await RunAsync("""
            Get-VCH host | Get-VCHImage busybox | ForEach-Object { "image: $($_.Name) $($_.ShortId) $($_.SizeMB) MB of $($_.VCH)" }
            try { Get-VCHImage lost } catch { "lost: $($_.FullyQualifiedErrorId)" }
            Get-VCHNetwork -VCH host | ForEach-Object { "network: $($_.Name) $($_.Type) on $($_.PortGroup) $($_.Subnet) $($_.Gateway)" }
            "volumes: $(@(Get-VCHVolume).Count)"
            Get-VCHStatistics | ForEach-Object { "host: $($_.Images) images, running: $($_.RunningContainers -gt 0)" }
            Get-VCHStatistics -VCH host -PerContainer | Where-Object Name -eq counted | ForEach-Object { "container: $($_.State) $($_.MemoryMB) MB" }
            """);

        Assert.Contains($"image: busybox:latest {new string('a', 12)} 2 MB of host\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("lost: NotFound,", result.Output, StringComparison.Ordinal);
        Assert.Contains($"network: bridge bridge on {(lab.Facts.Model == "esx" ? "host" : "bridge")} 172.16.0.0/16 172.16.0.1\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("volumes: 0\nhost: 1 images, running: True\ncontainer: running 64 MB\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_cmdlets_write_is_readable_as_it_is_shown()
    {
        var folder = await lab.CreateAsync("shown", isOn: false);
        await File.WriteAllBytesAsync(Path.Combine(folder, "output.log"), Entry("a line\n", isError: false), Cancellation);

        var result = await RunAsync("""
            Get-ContainerVMLog shown | Out-Host
            Get-VCHNetwork | Out-Host
            Get-VCHStatistics | Out-Host
            Get-VCHStatistics -PerContainer | Out-Host
            """);

        var lines = result.Output.Split('\n');
        Assert.Contains(lines, line => line.EndsWith("stdout a line", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("bridge ", StringComparison.Ordinal) && line.Contains("172.16.0.0/16", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 120));
    }

    private static byte[] Entry(string text, bool isError)
    {
        var content = Encoding.UTF8.GetBytes(text);
        var header = new byte[10];
        var time = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);
        BinaryPrimitives.WriteInt64LittleEndian(header, (time - DateTimeOffset.UnixEpoch).Ticks * 100);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)((content.Length << 4) | (isError ? 8 : 0)));
        return [.. Encoding.ASCII.GetBytes(Convert.ToBase64String(header)), .. content];
    }

    private async Task<CommandResult> RunAsync(string script) =>
        (await lab.RunAsync(EmptyLab.Connect + script, Cancellation)).EnsureSuccess();
}
