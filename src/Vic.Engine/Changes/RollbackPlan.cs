namespace Vic.Engine.Changes;

/// <summary>The state that a VCH would be brought back to.</summary>
/// <param name="From">The version that it has.</param>
/// <param name="To">The version that it would have again.</param>
/// <param name="Snapshot">The name of the snapshot: before which change it was taken.</param>
/// <param name="Created">When it was taken.</param>
public sealed record RollbackPlan(string From, string To, string Snapshot, DateTime Created);
