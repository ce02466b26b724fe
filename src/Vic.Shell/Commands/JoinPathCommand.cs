using System.Management.Automation;

namespace Vic.Shell.Commands;

/// <summary>Joins a path and a child path.</summary>
[Cmdlet(VerbsCommon.Join, "Path")]
public sealed class JoinPathCommand : PSCmdlet
{
    /// <summary>The parent.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    public string Path { get; set; } = "";

    /// <summary>The child.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    public string ChildPath { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(SessionState.Path.Combine(Path, ChildPath));
}
