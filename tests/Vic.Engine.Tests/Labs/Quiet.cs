namespace Vic.Engine.Tests.Labs;

/// <summary>Takes progress and says nothing.</summary>
internal sealed class Quiet : IProgress<StepProgress>
{
    public static Quiet Instance { get; } = new();

    public void Report(StepProgress value)
    {
    }
}
