using Vic.Endpoint.Machines.VSphere;

namespace Vic.Endpoint.Tests.Machines;

/// <summary>Runs of a VM are told apart by what vSphere tells of its power state, in whatever order that comes.</summary>
public sealed class MachinePowerTests
{
    private static readonly DateTime First = new(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc);
    private static readonly DateTime Second = First.AddMinutes(1);

    private readonly MachinePower _power = new();
    private int _ends;

    public MachinePowerTests() => _power.Ended += () => _ends++;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_since_another_time_than_before_is_another_run_and_the_end_of_the_one_before()
    {
        _power.Report(isOn: true, First);
        var run = await _power.WaitForRunAsync(0, Cancellation);
        var off = _power.WaitUntilOffAsync(Cancellation);

        _power.Report(isOn: null, Second);

        Assert.True(await off);
        Assert.Equal((1, 2, 1), (run, await _power.WaitForRunAsync(1, Cancellation), _ends));
        Assert.True(_power.IsOn);
    }

    [Fact]
    public async Task The_time_that_is_told_after_the_state_is_that_of_the_same_run()
    {
        _power.Report(isOn: true, booted: null);
        _power.Report(isOn: null, First);
        _power.Report(isOn: true, First);
        Assert.Equal((1, 0), (await _power.WaitForRunAsync(0, Cancellation), _ends));

        _power.Report(isOn: false, booted: null);
        _power.Report(isOn: true, booted: null);
        _power.Report(isOn: null, Second);

        Assert.Equal((2, 1), (await _power.WaitForRunAsync(1, Cancellation), _ends));
        Assert.False(_power.WaitForRunAsync(2, Cancellation).IsCompleted);
    }

    [Fact]
    public async Task A_restart_that_the_guest_has_told_is_one_run_also_when_vSphere_tells_the_new_time_later()
    {
        _power.Report(isOn: true, First);

        _power.ReportRestarted();
        _power.Report(isOn: null, Second);

        Assert.Equal((2, 1), (await _power.WaitForRunAsync(1, Cancellation), _ends));
        Assert.False(_power.WaitForRunAsync(2, Cancellation).IsCompleted);
    }

    [Fact]
    public void What_is_off_or_unknown_is_not_restarted()
    {
        _power.ReportRestarted();
        _power.Report(isOn: false, booted: null);
        _power.ReportRestarted();

        Assert.False(_power.WaitForRunAsync(0, Cancellation).IsCompleted);
        Assert.Equal(0, _ends);
    }
}
