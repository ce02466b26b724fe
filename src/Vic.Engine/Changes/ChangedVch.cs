using Vic.Engine.Inspection;

namespace Vic.Engine.Changes;

/// <summary>A VCH after a change.</summary>
/// <param name="Vch">The VCH as it is now.</param>
/// <param name="Changes">What was changed; empty when it was already as it was to be.</param>
public sealed record ChangedVch(VchInfo Vch, IReadOnlyList<SettingChange> Changes);
