using System.Globalization;
using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Testing.Files;
using Vic.Testing.Processes;

namespace Vic.Lab.Tests.Strangers;

/// <summary>Debian's pyvmomi drives the lab as it drives a vSphere.</summary>
public sealed class PyvmomiTests
{
    [Theory]
    [InlineData(InventoryModel.VCenter)]
    [InlineData(InventoryModel.Esx)]
    public async Task Pyvmomi_tours_the_lab(InventoryModel model)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var lab = await LabServer.StartAsync(new LabOptions { Model = model, Runtime = RuntimeKind.None }, cancellation);
        var tour = new Command("/usr/bin/python3", Repository.PathOf("tests/Vic.Lab.Tests/Strangers/tour.py"))
        {
            Environment = new Dictionary<string, string?>
            {
                ["VIC_TEST_SERVER"] = lab.Facts.Server,
                ["VIC_TEST_PORT"] = lab.Facts.Port.ToString(CultureInfo.InvariantCulture),
                ["VIC_TEST_USER"] = lab.Facts.User,
                ["VIC_TEST_PASSWORD"] = lab.Facts.Password,
            },
        };

        var result = await tour.RunAsync(cancellation);

        Assert.Equal("the tour is complete\n", result.EnsureSuccess().Output);
    }
}
