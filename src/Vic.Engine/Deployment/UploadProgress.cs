namespace Vic.Engine.Deployment;

/// <summary>Tells how much of a file was sent, as a percentage of one step.</summary>
internal sealed class UploadProgress(IProgress<StepProgress> target, string step, long length) : IProgress<long>
{
    private int _last = -1;

    public void Report(long value)
    {
        var percent = length == 0 ? 100 : (int)(value * 100 / length);
        if (percent != _last)
        {
            _last = percent;
            target.Report(new StepProgress(step, percent));
        }
    }
}
