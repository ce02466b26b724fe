namespace Vic.Engine.Changes;

/// <summary>One setting of a VCH that is, or would be, changed.</summary>
/// <param name="Setting">The setting, as the cmdlets name it.</param>
/// <param name="OldValue">What it is now; never a secret.</param>
/// <param name="NewValue">What it becomes; never a secret.</param>
/// <param name="NeedsRestart">Whether the endpoint VM is restarted for it; containers run on meanwhile.</param>
public sealed record SettingChange(string Setting, string OldValue, string NewValue, bool NeedsRestart)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Setting}: {OldValue} -> {NewValue}";
}
