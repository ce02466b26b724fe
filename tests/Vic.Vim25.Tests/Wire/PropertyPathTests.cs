namespace Vic.Vim25.Tests.Wire;

public sealed class PropertyPathTests
{
    private static readonly VirtualMachineConfigInfo Config = new()
    {
        Name = "a",
        Hardware = new VirtualHardware { Device = [new VirtualDisk { Key = 2000, CapacityInKB = 5 }, new VirtualCdrom { Key = 3000 }] },
        ExtraConfig = [new OptionValue { Key = "guestinfo.vice./init/x", Value = "1" }],
    };

    [Theory]
    [InlineData("name", "a")]
    [InlineData("hardware.device[2000].capacityInKB", 5L)]
    [InlineData("extraConfig[\"guestinfo.vice./init/x\"].value", "1")]
    [InlineData("hardware.device[7]", null)]
    [InlineData("bootOptions.bootDelay", null)]
    public void A_path_leads_to_its_value(string path, object? expected)
    {
        Assert.True(PropertyPath.TryResolve(Config, path, out object? value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("name.length")]
    [InlineData("hardware..device")]
    [InlineData("hardware.device[")]
    public void A_path_that_the_types_do_not_have_is_refused(string path) =>
        Assert.False(PropertyPath.TryResolve(Config, path, out _));
}
