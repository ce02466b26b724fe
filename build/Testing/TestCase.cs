namespace Vic.Build.Testing;

/// <summary>One test as the runner reported it.</summary>
internal sealed record TestCase(string Name, TestOutcome Outcome, TimeSpan Duration, string Message);
