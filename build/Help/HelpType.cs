namespace Vic.Build.Help;

/// <summary>A type that a cmdlet takes from the pipeline or writes to it.</summary>
internal sealed record HelpType(string Name, string Description);
