namespace Vic.Build.Testing;

internal enum TestOutcome
{
    Passed,
    Failed,
    Skipped,
}
