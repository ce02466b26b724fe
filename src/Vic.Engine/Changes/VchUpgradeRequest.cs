namespace Vic.Engine.Changes;

/// <summary>What a VCH is to be brought to. Nothing in it is checked yet.</summary>
public sealed record VchUpgradeRequest
{
    /// <summary>The ISO that the endpoint VM is to boot.</summary>
    public required string ApplianceIso { get; init; }

    /// <summary>The ISO that new container VMs are to boot; those that exist keep theirs.</summary>
    public required string BootstrapIso { get; init; }

    /// <summary>Takes ISOs of another release, and does it all for a VCH that is up to date, or newer.</summary>
    public bool Force { get; init; }

    /// <summary>How long the endpoint may take to serve again.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(3);
}
