using System.Management.Automation;
using Vic.PowerShell.Docker;

namespace Vic.PowerShell.Commands;

/// <summary>Points the Docker clients of this session where they pointed before the last <c>Enter-VCH</c>.</summary>
[Cmdlet(VerbsCommon.Exit, "VCH")]
public sealed class ExitVchCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!DockerVariables.Exit())
        {
            WriteVerbose("No VCH was entered.");
        }
    }
}
