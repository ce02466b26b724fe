namespace Vic.Engine.Tests.Labs;

/// <summary>Keeps what an operation warns of.</summary>
internal sealed class Warnings : IProgress<StepProgress>
{
    public List<string> Texts { get; } = [];

    public void Report(StepProgress value)
    {
        if (value.IsWarning)
        {
            Texts.Add(value.Step);
        }
    }
}
