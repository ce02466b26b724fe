using Vic.Configuration;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>A change request after every check, for the VCH as it was read.</summary>
internal sealed record ChangePlan
{
    /// <summary>What differs; empty when the VCH is already as it is to be.</summary>
    public required IReadOnlyList<SettingChange> Changes { get; init; }

    /// <summary>What the pool may take from now on; null when that does not change.</summary>
    public required ResourceConfigSpec? Limits { get; init; }

    /// <summary>The configuration that the endpoint is to have, without certificates that are yet to be made.</summary>
    public required VirtualContainerHostConfiguration Configuration { get; init; }

    /// <summary>Opens and seals the secrets; null when none of them changes.</summary>
    public required SecretKey? SecretKey { get; init; }

    /// <summary>Makes the new certificates; null when they stay.</summary>
    public required CertificateChange? Certificates { get; init; }

    /// <summary>Makes the folders of new volume stores; null when there are none to be made.</summary>
    public VolumeStoreChange? VolumeStores { get; init; }

    /// <summary>Grants the VCH's account what it lacks; null when there is nothing to be granted.</summary>
    public GrantChange? Grants { get; init; }

    /// <summary>Virtual CPUs and memory, where they change.</summary>
    public required VirtualMachineConfigSpec Hardware { get; init; }

    /// <summary>What may be a surprise later.</summary>
    public required IReadOnlyList<ValidationCheck> Warnings { get; init; }

    /// <summary>Whether the endpoint VM is restarted.</summary>
    public bool NeedsRestart => Changes.Any(change => change.NeedsRestart);
}
