using Vic.Endpoint.Machines.VSphere;

namespace Vic.Endpoint.Tests.Machines;

/// <summary>Runs of a VM are told apart by what vSphere tells of its power state, and by what its guest tells.</summary>
public sealed class MachinePowerTests
{
    private readonly MachinePower _power = new();
    private int _ends;

    public MachinePowerTests() => _power.Ended += () => _ends++;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_told_once_more_is_the_same_run()
    {
        _power.Report(isOn: true);
        _power.Report(isOn: true);
        Assert.Equal((1, 0), (await _power.WaitForRunAsync(0, Cancellation), _ends));

        _power.Report(isOn: false);
        _power.Report(isOn: true);

        Assert.Equal((2, 1), (await _power.WaitForRunAsync(1, Cancellation), _ends));
        Assert.False(_power.WaitForRunAsync(2, Cancellation).IsCompleted);
    }

    [Fact]
    public async Task A_restart_that_the_guest_has_told_is_another_run_and_the_end_of_the_one_before()
    {
        _power.Report(isOn: true);
        var off = _power.WaitUntilOffAsync(Cancellation);

        _power.ReportRestarted();

        Assert.True(await off);
        Assert.Equal((2, 1), (await _power.WaitForRunAsync(1, Cancellation), _ends));
        Assert.True(_power.IsOn);
    }

    [Fact]
    public void What_is_off_or_unknown_is_not_restarted()
    {
        _power.ReportRestarted();
        _power.Report(isOn: false);
        _power.ReportRestarted();

        Assert.False(_power.WaitForRunAsync(0, Cancellation).IsCompleted);
        Assert.Equal(0, _ends);
    }
}
