namespace Vic.Build.Help;

/// <summary>The module as the engine sees it after its import.</summary>
internal sealed record ModuleFacts(string Name, Guid Guid, IReadOnlyList<CommandFacts> Commands);
