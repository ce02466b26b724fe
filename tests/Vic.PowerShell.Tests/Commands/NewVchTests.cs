namespace Vic.PowerShell.Tests.Commands;

/// <summary>New-VCH checks everything before it makes anything.</summary>
public sealed class NewVchTests(EmptyLab lab) : IClassFixture<EmptyLab>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_datastore_that_is_not_there_is_answered_with_those_that_are()
    {
        var result = await lab.RunAsync(
            EmptyLab.Connect + "New-VCH -Name lost -Location Cluster -ImageStore no-such-datastore -BridgeNetwork bridge", Cancellation);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("no-such-datastore", result.Error, StringComparison.Ordinal);
        Assert.All(lab.Facts.Datastores, datastore => Assert.Contains(datastore, result.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatIf_checks_and_changes_nothing()
    {
        var before = TreeListing();

        var result = await lab.RunAsync(
            EmptyLab.Connect
            + "New-VCH -Name planned -Location Cluster -ImageStore datastore1 -BridgeNetwork bridge -AdvertisedAddress 127.0.0.1:2376 -WhatIf\n"
            + "\"VCHs: $(@(Get-VCH).Count)\"",
            Cancellation);

        Assert.Contains("VCHs: 0", result.EnsureSuccess().Output, StringComparison.Ordinal);
        Assert.Equal(before, TreeListing());
    }

    [Fact]
    public async Task Every_problem_is_told_at_once()
    {
        var result = await lab.RunAsync(
            EmptyLab.Connect + "New-VCH -Name 'a name;with rubbish' -Location Cluster -ImageStore no-such-datastore -BridgeNetwork no-such-network", Cancellation);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("no-such-datastore", result.Error, StringComparison.Ordinal);
        Assert.Contains("no-such-network", result.Error, StringComparison.Ordinal);
        Assert.Contains("a name;with rubbish", result.Error, StringComparison.Ordinal);
    }

    private string TreeListing() =>
        string.Join('\n', Directory.EnumerateFileSystemEntries(lab.Facts.StateDirectory, "*", SearchOption.AllDirectories)
            .Where(path => path.Contains("datastore", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));
}
