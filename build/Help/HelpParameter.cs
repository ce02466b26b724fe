namespace Vic.Build.Help;

/// <summary>A parameter of a help page.</summary>
internal sealed record HelpParameter(string Description, ParameterFacts Facts);
