using System.Management.Automation;
using Vic.Engine.Inspection;
using Vic.PowerShell.Output;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands;

/// <summary>Lists the images in the stores of VCHs, from the catalogue that each endpoint keeps. Needs no endpoint that runs.</summary>
[Cmdlet(VerbsCommon.Get, "VCHImage")]
[OutputType(typeof(VchImage))]
public sealed class GetVchImageCommand : VchContentCmdlet
{
    /// <summary>Repositories with or without a tag, or ids of twelve or of all digits, wildcards allowed; all without it.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteContent(
        "image",
        Name,
        (server, hosts, progress, cancellationToken) => new VchImages(server.Client).ListAsync(hosts, progress, cancellationToken),
        (image, server) => new VchImage(image, server),
        image => [image.Name, image.Repository, image.Id, image.ShortId]);
}
