namespace Vic.Engine.Changes;

/// <summary>From which version a VCH would come to which.</summary>
/// <param name="From">The version that it has.</param>
/// <param name="To">The version that it would have.</param>
/// <param name="IsNeeded">False when it is up to date already, and nobody insists.</param>
public sealed record VersionChange(string From, string To, bool IsNeeded);
