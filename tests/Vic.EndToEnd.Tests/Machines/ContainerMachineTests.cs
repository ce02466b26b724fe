using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using Vic.EndToEnd.Tests.Deployment;
using Vic.Testing.Docker;
using Vic.Testing.Files;
using Vic.Testing.Processes;

namespace Vic.EndToEnd.Tests.Machines;

/// <summary>A container is a virtual machine: these look at it from the outside.</summary>
[Collection<VcenterVchCollection>]
public sealed class ContainerMachineTests(VcenterVch vch)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DockerClient Docker => vch.Docker;

    [Fact]
    public async Task Each_container_has_a_hypervisor_process_of_its_own()
    {
        var before = LabProcesses.Machines(vch.Lab);
        var id = await RunDetachedAsync("own-process");

        var started = LabProcesses.Machines(vch.Lab).Except(before).ToList();

        Assert.Single(started);
        (await Docker.RunAsync(Cancellation, "rm", "-f", id)).EnsureSuccess();
        Assert.DoesNotContain(started[0], LabProcesses.Machines(vch.Lab));
    }

    [Fact]
    public async Task A_container_runs_the_kernel_of_the_bootstrap_iso()
    {
        var kernel = (await Docker.RunAsync(Cancellation, "run", "--rm", "busybox", "uname", "-r")).EnsureSuccess().Output.Trim();

        Assert.Equal(await KernelOfTheIsoAsync(), kernel);
        Assert.NotEqual((await new Command("uname", "-r").RunAsync(Cancellation)).Output.Trim(), kernel);
    }

    [Fact]
    public async Task A_containers_disk_stands_on_one_file_a_layer()
    {
        var id = await RunDetachedAsync("chain");
        var layers = JsonNode.Parse((await Docker.RunAsync(Cancellation, "image", "inspect", "busybox")).EnsureSuccess().Output)!
            [0]!["RootFS"]!["Layers"]!.AsArray().Count;

        var disk = Directory.EnumerateFiles(vch.Lab.StateDirectory, $"{id}*.vmdk", SearchOption.AllDirectories)
            .Single(file => new FileInfo(file).Length > 64 << 10);
        var chain = await new Command("qemu-img", "info", "--force-share", "--backing-chain", "--output=json", disk).RunAsync(Cancellation);

        // The container's own disk, one for each layer, and the empty file system below them all.
        Assert.Equal(1 + layers + 1, JsonNode.Parse(chain.EnsureSuccess().Output)!.AsArray().Count);
        (await Docker.RunAsync(Cancellation, "rm", "-f", id)).EnsureSuccess();
    }

    [Fact]
    public async Task A_container_that_is_reset_in_vSphere_runs_another_time_and_is_reached_again()
    {
        const string name = "was-reset";
        const string boot = "cat /proc/sys/kernel/random/boot_id; sleep 600";
        (await Docker.RunAsync(Cancellation, "run", "-d", "--name", name, "busybox", "sh", "-c", boot)).EnsureSuccess();
        var first = await BootsAsync(name, 1);
        var started = await StartedAsync(name);

        Assert.Equal("poweredOn\n", await MachinePower.ChangeAsync(vch.Lab, "ResetVM_Task", name, Cancellation));

        var both = await BootsAsync(name, 2);
        Assert.Equal((first[0], 2), (both[0], both.Distinct().Count()));
        while (await StartedAsync(name) == started
            || (await Docker.RunAsync(Cancellation, "exec", name, "cat", "/proc/sys/kernel/random/boot_id")) is not { ExitCode: 0 } inside || inside.Output.Trim() != both[1])
        {
            await Task.Delay(Pause, Cancellation);
        }

        (await Docker.RunAsync(Cancellation, "rm", "-f", name)).EnsureSuccess();
    }

    // The x86 boot protocol: at 0x20E a pointer, less 0x200, to a text that begins with the release.
    private static async Task<string> KernelOfTheIsoAsync()
    {
        using var folder = new TemporaryFolder();
        var iso = Path.Combine(Repository.Artifacts, "images", "bootstrap.iso");
        (await new Command("xorriso", "-osirrox", "on", "-indev", iso, "-extract", "/isolinux/vmlinuz", folder["vmlinuz"]).RunAsync(Cancellation)).EnsureSuccess();
        var kernel = await File.ReadAllBytesAsync(folder["vmlinuz"], Cancellation);
        var text = BinaryPrimitives.ReadUInt16LittleEndian(kernel.AsSpan(0x20E)) + 0x200;
        return Encoding.ASCII.GetString(kernel.AsSpan(text)[..kernel.AsSpan(text).IndexOf((byte)' ')]);
    }

    private async Task<string[]> BootsAsync(string name, int count)
    {
        while (true)
        {
            var boots = (await Docker.RunAsync(Cancellation, "logs", name)).EnsureSuccess().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (boots.Length >= count)
            {
                return boots;
            }

            await Task.Delay(Pause, Cancellation);
        }
    }

    private async Task<string> StartedAsync(string name) =>
        (await Docker.RunAsync(Cancellation, "inspect", "--format", "{{.State.StartedAt}}", name)).EnsureSuccess().Output;

    private async Task<string> RunDetachedAsync(string name) =>
        (await Docker.RunAsync(Cancellation, "run", "-d", "--name", name, "busybox", "sleep", "600")).EnsureSuccess().Output.Trim();
}
