namespace Vic.Build.Targets;

/// <summary>A named piece of the build and what must be done before it.</summary>
/// <param name="Name">The word on the command line.</param>
/// <param name="Summary">One line for the list of targets.</param>
/// <param name="DependsOn">Targets that run first, once.</param>
/// <param name="RunAsync">The work; its result is the program's exit code.</param>
internal sealed record Target(
    string Name,
    string Summary,
    IReadOnlyList<string> DependsOn,
    Func<BuildContext, CancellationToken, Task<int>> RunAsync);
