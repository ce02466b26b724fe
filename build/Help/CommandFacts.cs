namespace Vic.Build.Help;

/// <summary>What the compiled module says about a cmdlet.</summary>
/// <param name="Summary">The first words about it in its source.</param>
/// <param name="Parameters">All but the common ones, by name.</param>
/// <param name="ParameterSummaries">The first words about each parameter in its source, by the parameter's name.</param>
/// <param name="Inputs">The types that the pipeline may bring.</param>
/// <param name="Outputs">The types that the cmdlet says it writes.</param>
internal sealed record CommandFacts(
    string Name,
    string Summary,
    IReadOnlyList<SyntaxFacts> Syntax,
    IReadOnlyList<ParameterFacts> Parameters,
    IReadOnlyDictionary<string, string> ParameterSummaries,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs);
