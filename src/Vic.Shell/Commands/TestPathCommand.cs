using System.Management.Automation;

namespace Vic.Shell.Commands;

/// <summary>Tells whether something exists at a path of any provider.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Path")]
public sealed class TestPathCommand : PSCmdlet
{
    /// <summary>The path, wildcards allowed.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    public string Path { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(InvokeProvider.Item.Exists(Path));
}
