namespace Vic.Build.Help;

/// <summary>What the compiled module, or the YAML block of a help page, says about a parameter.</summary>
/// <param name="Type">The full name of its .NET type.</param>
/// <param name="DefaultValue">What it is when nobody sets it; empty when that is nothing.</param>
internal sealed record ParameterFacts(
    string Name,
    string Type,
    string DefaultValue,
    bool SupportsWildcards,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<ParameterSetFacts> Sets,
    bool DontShow,
    IReadOnlyList<string> AcceptedValues,
    string HelpMessage);
