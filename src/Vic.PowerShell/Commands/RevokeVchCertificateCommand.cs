using System.Management.Automation;
using Vic.Engine;
using Vic.Engine.Certificates;
using Vic.PowerShell.Output;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands;

/// <summary>
/// Locks a Docker client out of a VCH: its certificate is refused from now on, and the connections that it has open are ended. Nothing is restarted.
/// It cannot be taken back; make the client a new certificate with New-VCHCertificate.
/// </summary>
[Cmdlet(VerbsSecurity.Revoke, "VCHCertificate", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ByClientName)]
[OutputType(typeof(VchCertificate))]
public sealed class RevokeVchCertificateCommand : VchCmdlet
{
    private const string ByClientName = "ClientName";
    private const string ByPath = "Path";
    private const string BySerialNumber = "SerialNumber";
    private const string ByThumbprint = "Thumbprint";

    /// <summary>Whose certificate: the name that New-VCHCertificate was given, which is that of the folder below the certificate folder.</summary>
    [Parameter(ParameterSetName = ByClientName, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string ClientName { get; set; } = "";

    /// <summary>The file of the certificate, in PEM form.</summary>
    [Parameter(ParameterSetName = ByPath, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The serial number of the certificate, for when its file is nowhere any more: hexadecimal digits.</summary>
    [Parameter(ParameterSetName = BySerialNumber, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string SerialNumber { get; set; } = "";

    /// <summary>The SHA-256 thumbprint of the certificate, as Get-VCHCertificate shows it.</summary>
    [Parameter(ParameterSetName = ByThumbprint, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Thumbprint { get; set; } = "";

    /// <summary>The folder that holds the authority's certificate and key; the one that the VCH object names, or <c>./name</c>, without it.</summary>
    [Parameter]
    public string? CertificatePath { get; set; }

    /// <summary>Returns what is revoked now.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var target in Targets())
        {
            var folder = new CertificateFolder(CertificateFolderOf(target, CertificatePath));
            var file = ParameterSetName == ByPath ? FullPath(Path) : "";
            var serialNumber = Run((_, _) => Task.FromResult(FindSerialNumber(target, folder, file)), target.Vch.Name);
            if (!ShouldProcess(target.ToString(), $"Revoke the client certificate {serialNumber}"))
            {
                continue;
            }

            if (TryRun(
                (progress, cancellationToken) => new CertificateRevocation(target.Server.Client).RunAsync(
                    target.Vch, folder, [serialNumber], progress, cancellationToken),
                target.Vch.Name,
                out var revoked) && PassThru)
            {
                WriteObject(revoked!.Select(entry => new VchCertificate(target.Vch.Name, entry)), enumerateCollection: true);
            }
        }
    }

    private string FindSerialNumber(VchTarget target, CertificateFolder folder, string file) => ParameterSetName switch
    {
        BySerialNumber => SerialNumber,
        ByPath => CertificateRevocation.SerialNumberOf(target.Vch, File.ReadAllText(file)),
        ByThumbprint => Find(target, folder, client => IsThumbprintOf(client.Certificate), $"the thumbprint '{Thumbprint}'"),
        _ => Find(target, folder, client => string.Equals(client.Name, ClientName, StringComparison.OrdinalIgnoreCase), $"the name '{ClientName}'"),
    };

    private bool IsThumbprintOf(string certificate) => CertificateFacts.Read(CertificateKind.Client, certificate)
        .Any(facts => string.Equals(facts.Thumbprint, Thumbprint.Replace(":", ""), StringComparison.OrdinalIgnoreCase));

    private static string Find(VchTarget target, CertificateFolder folder, Func<ClientCertificateFile, bool> isMeant, string what)
    {
        var found = folder.ReadClients().FirstOrDefault(isMeant)
            ?? throw new VicException("NoClientCertificate", VicErrorKind.NotFound, $"No client certificate below '{folder.Path}' has {what}.")
            {
                RecommendedAction = "Pass the certificate with -Path, or its serial number with -SerialNumber; or the VCH's folder with -CertificatePath.",
            };
        return CertificateRevocation.SerialNumberOf(target.Vch, found.Certificate);
    }
}
