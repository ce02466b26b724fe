using System.Management.Automation;
using Vic.Engine.Inspection;
using Vic.PowerShell.Output;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands;

/// <summary>
/// Lists the volumes on the volume stores of VCHs. Needs no endpoint that runs; volumes on NFS shares are out of vSphere's sight.
/// </summary>
[Cmdlet(VerbsCommon.Get, "VCHVolume")]
[OutputType(typeof(VchVolume))]
public sealed class GetVchVolumeCommand : VchContentCmdlet
{
    /// <summary>The names to list, wildcards allowed; all without it.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteContent(
        "volume",
        Name,
        (server, hosts, progress, cancellationToken) => new VchVolumes(server.Client).ListAsync(hosts, progress, cancellationToken),
        (volume, server) => new VchVolume(volume, server),
        volume => [volume.Name]);
}
