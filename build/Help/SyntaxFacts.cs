namespace Vic.Build.Help;

/// <summary>One way to call a cmdlet, as <c>Get-Command -Syntax</c> shows it, in lines of at most 100 characters.</summary>
internal sealed record SyntaxFacts(string ParameterSet, bool IsDefault, string Text);
