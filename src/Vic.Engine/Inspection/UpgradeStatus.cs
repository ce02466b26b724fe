namespace Vic.Engine.Inspection;

/// <summary>How the version of a VCH stands to this module's.</summary>
public enum UpgradeStatus
{
    /// <summary>It cannot be told: the VCH names no version.</summary>
    Unknown,

    /// <summary>They are the same release.</summary>
    UpToDate,

    /// <summary>The VCH is older, or vic-machine has made it.</summary>
    Upgradeable,

    /// <summary>The VCH is being changed, or a change broke off.</summary>
    InProgress,

    /// <summary>The VCH is newer than the module.</summary>
    NewerThanModule,
}
