using Vic.Engine.Inspection;
using Vic.Engine.Logs;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Logs;

/// <summary>What is done to a VCH is written down beside it, and its logs are read from the datastore.</summary>
public sealed class VchLogTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(InventoryModel.VCenter)]
    [InlineData(InventoryModel.Esx)]
    public async Task A_deployment_leaves_its_log_beside_the_endpoint_without_a_secret(InventoryModel model)
    {
        await using var lab = await EngineLab.StartAsync(model);
        using var client = await lab.ConnectAsync();
        var vch = (await EngineLab.DeployAsync(client, lab.Request(), Token)).Vch;

        var log = Assert.Single(await new VchLogs(client).ListAsync(vch, Quiet.Instance, Token), log => log.Kind == VchLogKind.Deployment);
        var lines = await ReadAsync(await OpenAsync(client, vch, VchLogKind.Deployment));

        Assert.Matches("^vic-machine_[0-9]{8}T[0-9]{6}Z_create_[0-9a-f]{8}[.]log$", log.Name);
        Assert.Contains(lines, line => line.EndsWith("INFO Creating the endpoint VM", StringComparison.Ordinal));
        Assert.EndsWith("INFO The create is done.", lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(lines, line => line.Contains(lab.Facts.Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_removal_that_fails_leaves_its_log_where_the_next_one_looks()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        var vch = await RunningVch.DeployAsync(lab, lab.Request());
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var client = await lab.ConnectAsync();
        lab.Faults.Do(1, cancellation.Cancel, "PowerOffVM_Task");

        await Assert.ThrowsAnyAsync<Exception>(() => EngineLab.RemoveAsync(client, vch, cancellation.Token));

        var lines = await ReadAsync(await OpenAsync(client, Assert.Single(await lab.ListAsync()), VchLogKind.Deployment));
        Assert.Contains(lines, line => line.EndsWith($"INFO Powering off '{EngineLab.VchName}'", StringComparison.Ordinal));
        Assert.Contains(" ERROR ", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_lines_are_read_first_and_then_what_is_added_whatever_the_size()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        using var client = await lab.ConnectAsync();
        var vch = (await EngineLab.DeployAsync(client, lab.Request(), Token)).Vch;
        var path = lab.PathOf("datastore1", $"{EngineLab.VchName}/tether.debug");
        await File.WriteAllLinesAsync(path, Enumerable.Range(1, 40_000).Select(number => $"line {number} with ä"), Token);

        var reader = await OpenAsync(client, vch, VchLogKind.Endpoint);
        Assert.Equal(["line 39999 with ä", "line 40000 with ä"], await reader.ReadLastAsync(2, Token));
        Assert.Empty(await reader.ReadAsync(Token));
        await File.AppendAllTextAsync(path, "one\r\nand a h", Token);
        Assert.Equal(["one"], await reader.ReadAsync(Token));
        await File.AppendAllTextAsync(path, "alf\nrest", Token);
        Assert.Equal(["and a half"], await reader.ReadAsync(Token));
        Assert.Equal("rest", reader.TakeRest());
        await File.WriteAllTextAsync(path, "begun anew\n", Token);
        Assert.Equal(["begun anew"], await reader.ReadAsync(Token));
        Assert.Equal(["begun anew"], await reader.ReadLastAsync(5, Token));
    }

    [Fact]
    public async Task A_log_that_is_not_there_is_answered_with_those_that_are()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        using var client = await lab.ConnectAsync();
        var vch = (await EngineLab.DeployAsync(client, lab.Request(), Token)).Vch;

        var error = await Assert.ThrowsAsync<VicException>(() => new VchLogs(client).OpenAsync(vch, VchLogKind.Endpoint, "lost.log", Quiet.Instance, Token));

        Assert.Equal("NoLog", error.ErrorId);
        Assert.Contains("has no log 'lost.log'; it has ", error.Message, StringComparison.Ordinal);
        Assert.Contains("vic-machine_", error.Message, StringComparison.Ordinal);
    }

    private static Task<LogReader> OpenAsync(VimClient client, VchInfo vch, VchLogKind kind) =>
        new VchLogs(client).OpenAsync(vch, kind, null, Quiet.Instance, Token);

    private static Task<IReadOnlyList<string>> ReadAsync(LogReader reader) => reader.ReadAsync(Token);
}
