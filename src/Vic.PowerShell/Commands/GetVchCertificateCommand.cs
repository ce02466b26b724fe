using System.Management.Automation;
using Vic.Engine;
using Vic.Engine.Certificates;
using Vic.Engine.Inspection;
using Vic.PowerShell.Output;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands;

/// <summary>
/// Lists the certificates of a VCH: those that its endpoint holds, those of clients in its folder on this machine, and those that are revoked. Needs no
/// endpoint that answers.
/// </summary>
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
            if (Current(target) is { } current)
            {
                WriteAll(current);
            }
        }
    }

    // An object may be older than the last renewal, or than the VCH's end.
    private VchTarget? Current(VchTarget target) =>
        !target.IsOfObject ? target
        : TryRun((progress, token) => new VchInventory(target.Server.Client).ReadAsync(target.Vch, progress, token), target.Vch.Name, out var vch) ? target with { Vch = vch! }
        : null;

    private void WriteAll(VchTarget target)
    {
        try
        {
            WriteObject(target.Vch.Certificates().Select(facts => new VchCertificate(target.Vch.Name, facts)), enumerateCollection: true);
            WriteClients(target);
        }
        catch (FormatException exception)
        {
            WriteError(ErrorRecords.From(
                new VicException("CertificateDamaged", VicErrorKind.Failed, $"A certificate of '{target.Vch.Name}' cannot be read: {exception.Message}", exception),
                target.Vch.Name));
        }
    }

    private void WriteClients(VchTarget target)
    {
        var revoked = target.Vch.RevokedCertificates().ToList();
        if (CertificateSearch.Find(target.Vch, CertificateFolderOf(target, CertificatePath)) is { } folder)
        {
            foreach (var client in new CertificateFolder(folder).ReadClients())
            {
                foreach (var facts in CertificateFacts.Read(CertificateKind.Client, client.Certificate))
                {
                    var entry = revoked.Find(entry => entry.SerialNumber == facts.SerialNumber);
                    WriteObject(new VchCertificate(target.Vch.Name, facts, client.Folder, entry));
                    revoked.RemoveAll(other => other == entry);
                }
            }
        }

        WriteObject(revoked.Select(entry => new VchCertificate(target.Vch.Name, entry)), enumerateCollection: true);
    }
}
