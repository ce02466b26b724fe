using System.Management.Automation;
using Vic.Engine;
using Vic.Engine.Certificates;
using Vic.Engine.Deployment;
using Vic.PowerShell.Docker;
using Vic.PowerShell.Output;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands;

/// <summary>Points the Docker clients of this session at a VCH, until <c>Exit-VCH</c>.</summary>
[Cmdlet(VerbsCommon.Enter, "VCH")]
[OutputType(typeof(VirtualContainerHost))]
public sealed class EnterVchCommand : VchCmdlet
{
    /// <summary>The folder that holds the client certificate; the one that the VCH object names, or <c>./name</c>, without it.</summary>
    [Parameter]
    public string? CertificatePath { get; set; }

    /// <summary>Writes the VCH that was entered.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var targets = Targets();
        if (targets.Count == 0)
        {
            return;
        }

        if (targets.Count > 1)
        {
            Refuse("MoreThanOneVch", VicErrorKind.InvalidInput, $"'{VCH}' means {string.Join(", ", targets.Select(target => target.Vch.Name))}.", VCH, "Pass one name.");
        }

        var vch = targets[0].Vch;
        if (vch.DockerHost is null)
        {
            Refuse("NoDockerHost", VicErrorKind.Unreachable, $"The address of '{vch.Name}' is not known.", VCH, "Wait until it has started; Get-VCH shows its PowerState.");
        }

        var folder = CertificateFolderOf(targets[0], CertificatePath);
        var found = CertificateSearch.Find(vch, folder);
        if (vch.TlsMode == TlsMode.Mutual && found is null)
        {
            Refuse(
                "NoClientCertificate", VicErrorKind.NotFound, $"'{folder}' holds no client certificate for '{vch.Name}'.", VCH, "Pass the folder of its certificates with -CertificatePath.");
        }

        var variables = DockerEnvironment.Create(vch.DockerHost!, vch.TlsMode, found);
        DockerVariables.Enter(variables);
        foreach (var pair in variables)
        {
            WriteVerbose($"{pair.Key}={pair.Value}");
        }

        if (PassThru)
        {
            WriteObject(new VirtualContainerHost(vch, targets[0].Server, found));
        }
    }
}
