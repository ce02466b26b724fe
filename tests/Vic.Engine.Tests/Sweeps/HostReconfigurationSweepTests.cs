using Vic.Lab.Inventory;

namespace Vic.Engine.Tests.Sweeps;

/// <summary>Set-VCH in trouble, for a VCH on a single host.</summary>
public sealed class HostReconfigurationSweepTests
{
    [Theory]
    [MemberData(nameof(SweepCases.Troubles), MemberType = typeof(SweepCases))]
    public Task A_change_that_goes_wrong_at_any_call_leaves_the_old_or_the_new_VCH(Trouble trouble) =>
        ReconfigurationSweep.RunAsync(InventoryModel.Esx, asVApp: false, trouble);
}
