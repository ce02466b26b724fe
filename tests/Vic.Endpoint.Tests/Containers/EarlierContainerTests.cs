using System.Net;
using Vic.Endpoint.Tests.Doubles;
using Vic.Lab.Inventory;

namespace Vic.Endpoint.Tests.Containers;

/// <summary>What docker does to the containers of a VCH that was upgraded from vic-machine 1.5, and what it refuses.</summary>
public sealed class EarlierContainerTests
{
    private const string Started = "guestinfo.vice..sessions|{id}.started";
    private const string Status = "guestinfo.vice..sessions|{id}.status";
    private const string StartTime = "guestinfo.vice..sessions|{id}.detail.starttime";
    private const string StopTime = "guestinfo.vice..sessions|{id}.detail.stoptime";
    private const string Address = "guestinfo.vice./networks|bridge/ip/IP";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_listed_and_inspected_with_what_their_guests_have_reported()
    {
        await using var host = await EarlierHost.StartAsync();
        var id = await host.CreateAsync("runs", isOn: true, (Started, "true"), (StartTime, "1577934245"), (Address, Convert.ToBase64String([172, 16, 0, 9])));
        await host.CreateAsync("ended", isOn: false, (Started, "true"), (Status, "7"), (StartTime, "1577934245"), (StopTime, "1577934246"));
        await host.CreateAsync("fresh", isOn: false, ("annotations", "docker.labels"), ("annotations|docker.labels", Convert.ToBase64String("""{"team":"blue"}"""u8)));
        await host.ServeAsync();

        Assert.Equal(
            ["ended busybox exited", "fresh busybox created", "runs busybox running"],
            (await RunAsync(host, "ps", "-a", "--format", "{{.Names}} {{.Image}} {{.State}}")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
        Assert.Equal(
            $"{id} 2020-01-02T03:04:05.0000000Z 172.16.0.9 [/bin/sh -c] true\n",
            await RunAsync(host, "inspect", "--format", "{{.Id}} {{.State.StartedAt}} {{.NetworkSettings.IPAddress}} {{.Config.Cmd}} {{.Config.Tty}}", "runs"));
        Assert.Equal(
            "7 2020-01-02T03:04:06.0000000Z\n", await RunAsync(host, "inspect", "--format", "{{.State.ExitCode}} {{.State.FinishedAt}}", "ended"));
        Assert.Equal("fresh\n", await RunAsync(host, "ps", "-a", "--filter", "label=team=blue", "--format", "{{.Names}}"));
    }

    [Fact]
    public async Task Their_output_is_read_whether_they_run_or_not()
    {
        await using var host = await EarlierHost.StartAsync(InventoryModel.Esx);
        await host.WriteLogAsync(await host.CreateAsync("runs", isOn: true, (Started, "true")), "one\n");
        await host.WriteLogAsync(await host.CreateAsync("ended", isOn: false, (Started, "true")), "two\n");
        await host.ServeAsync();

        Assert.Equal(("one\n", "two\n"), (await RunAsync(host, "logs", "runs"), await RunAsync(host, "logs", "ended")));
    }

    [Theory]
    [InlineData(InventoryModel.VCenter)]
    [InlineData(InventoryModel.Esx)]
    public async Task One_is_started_killed_and_removed(InventoryModel model)
    {
        await using var host = await EarlierHost.StartAsync(model);
        var id = await host.CreateAsync("worker", isOn: false);
        await host.ServeAsync();

        var starting = host.Docker.RunAsync(Token, "start", "worker");
        await host.ReportStartAsync(id, "true");
        (await starting).EnsureSuccess();

        // It must not wait for an endpoint that lets it run, and keeps its card, its ports and what its firewall is made of.
        var keys = await host.KeysAsync(id);
        Assert.DoesNotContain($"guestinfo.vice..sessions|{id}.runblock", keys.Keys);
        Assert.Equal(Convert.ToBase64String(IPAddress.Parse("::ffff:172.16.0.2").GetAddressBytes()), keys[Address]);
        Assert.Equal("192", keys["guestinfo.vice./networks|bridge/Common/id"]);
        Assert.Equal("8080:80/tcp", keys["guestinfo.vice./networks|bridge/ports~"]);
        Assert.Contains("guestinfo.vice..networks|bridge.network.type", keys.Keys);
        Assert.Equal("running\n", await RunAsync(host, "inspect", "--format", "{{.State.Status}}", "worker"));

        await RunAsync(host, "kill", "worker");
        Assert.Contains("StartProgramInGuest", host.Methods);
        Assert.Equal("137\n", await RunAsync(host, "wait", "worker"));
        await RunAsync(host, "rm", "worker");

        Assert.Null(await host.FindAsync(id));
        Assert.False(Directory.Exists(host.FolderOf(id)));
    }

    [Fact]
    public async Task One_whose_process_does_not_start_says_why()
    {
        await using var host = await EarlierHost.StartAsync();
        var id = await host.CreateAsync("broken", isOn: false);
        await host.ServeAsync();

        var starting = host.Docker.RunAsync(Token, "start", "broken");
        await host.ReportStartAsync(id, "/bin/none: no such executable in PATH");
        var result = await starting;

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("/bin/none: no such executable in PATH", result.Error, StringComparison.Ordinal);
        Assert.Equal("created\n", await RunAsync(host, "inspect", "--format", "{{.State.Status}}", "broken"));
    }

    [Fact]
    public async Task Attach_and_exec_are_refused_with_the_way_out()
    {
        await using var host = await EarlierHost.StartAsync();
        await host.CreateAsync("runs", isOn: true, (Started, "true"), ("guestinfo.vice./sessions|{id}/tty", "false"));
        await host.CreateAsync("terminal", isOn: true, (Started, "true"));
        await host.ServeAsync();

        foreach (var command in new[] { new[] { "attach", "runs" }, ["exec", "runs", "ls"] })
        {
            var result = await host.Docker.RunAsync(Token, command);
            Assert.NotEqual(0, result.ExitCode);
            Assert.Contains("Container runs was made by an earlier VIC engine, and its streams cannot be reached: recreate the container", result.Error, StringComparison.Ordinal);
        }

        Assert.Equal("running\n", await RunAsync(host, "inspect", "--format", "{{.State.Status}}", "runs"));

        // docker's client asks by itself whether there is a terminal, and has no place for the sentence there.
        Assert.NotEqual(0, (await host.Docker.RunAsync(Token, "attach", "--no-stdin", "terminal")).ExitCode);
    }

    [Fact]
    public async Task One_whose_guest_cannot_be_asked_to_stop_is_left_running_and_kill_is_named()
    {
        await using var host = await EarlierHost.StartAsync();
        await host.CreateAsync("deaf", isOn: true, (Started, "true"));
        await host.ServeAsync();

        var result = await host.Docker.RunAsync(Token, "stop", "deaf");

        Assert.Contains("The guest of container deaf cannot be sent a signal", result.Error, StringComparison.Ordinal);
        Assert.Contains("docker kill switches it off", result.Error, StringComparison.Ordinal);
        await RunAsync(host, "rm", "-f", "deaf");
        Assert.Equal("", await RunAsync(host, "ps", "-aq"));
    }

    [Fact]
    public async Task A_new_name_is_that_of_the_container_and_its_machine()
    {
        await using var host = await EarlierHost.StartAsync();
        var id = await host.CreateAsync("before", isOn: false);
        await host.ServeAsync();

        await RunAsync(host, "rename", "before", "after");

        Assert.Equal("after\n", await RunAsync(host, "ps", "-a", "--format", "{{.Names}}"));
        Assert.Equal("after", (await host.KeysAsync(id))["common/name"]);
        Assert.DoesNotContain("annotations|docker.container", (await host.KeysAsync(id)).Keys);
    }

    private static async Task<string> RunAsync(EarlierHost host, params IReadOnlyList<string> arguments) =>
        (await host.Docker.RunAsync(Token, arguments)).EnsureSuccess().Output;
}
