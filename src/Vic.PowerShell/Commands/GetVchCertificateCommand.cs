using System.Management.Automation;
using Vic.Engine;
using Vic.Engine.Certificates;
using Vic.PowerShell.Output;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands;

/// <summary>Lists the certificates of a VCH: those that its endpoint holds, and those of its folder on this machine. Needs no endpoint that answers.</summary>
[Cmdlet(VerbsCommon.Get, "VCHCertificate")]
[OutputType(typeof(VchCertificate))]
public sealed class GetVchCertificateCommand : VchCmdlet
{
    /// <summary>The folder that holds the client certificate; the one that the VCH object names, or <c>./name</c>, without it.</summary>
    [Parameter]
    public string? CertificatePath { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var target in Targets())
        {
            try
            {
                WriteObject(target.Vch.Certificates().Select(facts => new VchCertificate(target.Vch.Name, facts)), enumerateCollection: true);
                WriteClient(target);
            }
            catch (FormatException exception)
            {
                WriteError(ErrorRecords.From(
                    new VicException("CertificateDamaged", VicErrorKind.Failed, $"A certificate of '{target.Vch.Name}' cannot be read: {exception.Message}", exception),
                    target.Vch.Name));
            }
        }
    }

    private void WriteClient(VchTarget target)
    {
        if (CertificateSearch.Find(target.Vch, CertificateFolderOf(target, CertificatePath)) is { } folder
            && new CertificateFolder(folder).Read()?.Client is { } client)
        {
            WriteObject(
                CertificateFacts.Read(CertificateKind.Client, client).Select(facts => new VchCertificate(target.Vch.Name, facts, folder)),
                enumerateCollection: true);
        }
    }
}
