namespace Vic.Build.Testing;

/// <summary>One test as the runner reported it.</summary>
internal sealed record TestCase(string Name, TestOutcome Outcome, TimeSpan Duration, string Message)
{
    /// <summary>What the test printed.</summary>
    public string Output { get; init; } = "";
}
