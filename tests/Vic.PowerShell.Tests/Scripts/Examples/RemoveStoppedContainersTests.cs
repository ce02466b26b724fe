namespace Vic.PowerShell.Tests.Scripts.Examples;

/// <summary>remove-stopped-containers.ps1 removes what ended long ago, and nothing else.</summary>
public sealed class RemoveStoppedContainersTests(ExampleLab lab) : IClassFixture<ExampleLab>
{
    private const string Show = "row: $($_.Name) $($_.Result)";

    [Fact]
    public async Task Only_containers_that_ended_long_ago_are_removed()
    {
        var now = DateTimeOffset.UtcNow;
        await lab.CreateAsync("stale", isOn: false, now.AddDays(-40));
        await lab.CreateAsync("wanted", isOn: false, now.AddDays(-40));
        await lab.CreateAsync("fresh", isOn: false, now.AddDays(-5));
        await lab.CreateAsync("unused", isOn: false);
        await lab.CreateAsync("busy", isOn: true, now.AddDays(-40));

        var planned = await lab.RunExampleAsync("remove-stopped-containers", "-Exclude want* -WhatIf", Show);
        var isThere = await lab.ExistsAsync("stale");
        var removed = await lab.RunExampleAsync("remove-stopped-containers", "-Exclude want*", Show);
        var again = await lab.RunExampleAsync("remove-stopped-containers", "-Exclude want*", Show);

        Assert.Contains("row: stale WhatIf", planned.EnsureSuccess().Output, StringComparison.Ordinal);
        Assert.True(isThere);
        Assert.Contains("row: stale Removed", removed.EnsureSuccess().Output, StringComparison.Ordinal);
        Assert.DoesNotContain("row:", again.EnsureSuccess().Output, StringComparison.Ordinal);
        Assert.False(await lab.ExistsAsync("stale"));
        foreach (var name in new[] { "wanted", "fresh", "unused", "busy" })
        {
            Assert.True(await lab.ExistsAsync(name), name);
        }
    }
}
