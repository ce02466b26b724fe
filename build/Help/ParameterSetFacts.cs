namespace Vic.Build.Help;

/// <summary>How a parameter is bound in one parameter set.</summary>
/// <param name="Name">The set, or <c>(All)</c>.</param>
/// <param name="Position">A number from 0, or <c>Named</c>.</param>
internal sealed record ParameterSetFacts(
    string Name,
    string Position,
    bool IsRequired,
    bool ValueFromPipeline,
    bool ValueFromPipelineByPropertyName,
    bool ValueFromRemainingArguments);
