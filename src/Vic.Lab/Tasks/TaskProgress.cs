namespace Vic.Lab.Tasks;

/// <summary>Lets the work of a task report percents done; only a larger number is passed on.</summary>
internal sealed class TaskProgress(Action<int> report) : IProgress<int>
{
    private int last;

    public void Report(int value)
    {
        var percent = Math.Clamp(value, 0, 100);
        if (percent > last)
        {
            last = percent;
            report(percent);
        }
    }
}
