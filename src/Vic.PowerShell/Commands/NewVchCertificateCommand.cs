using System.Management.Automation;
using Vic.Engine;
using Vic.Engine.Certificates;
using Vic.PowerShell.Output;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands;

/// <summary>
/// Makes the certificates of a VCH before it exists, for New-VCH to find in the folder; or one for a further client of a VCH. Asks no server.
/// </summary>
[Cmdlet(VerbsCommon.New, "VCHCertificate", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = WholeSet)]
[OutputType(typeof(VchCertificate))]
public sealed class NewVchCertificateCommand : VicCmdlet
{
    private const string WholeSet = "Set";
    private const string OneClient = "Client";

    /// <summary>The name of the VCH.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The DNS names and IP addresses that clients dial; the first becomes the common name of the server certificate.</summary>
    [Parameter(ParameterSetName = WholeSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string[] TlsCommonName { get; set; } = [];

    /// <summary>Whose certificate to make: it becomes the common name.</summary>
    [Parameter(ParameterSetName = OneClient, Mandatory = true)]
    [ValidatePattern(@"^[\w.@ -]{1,64}$")]
    public string ClientName { get; set; } = "";

    /// <summary>The folder of the VCH's certificates; <c>./name</c> without it. For a client it holds the authority's key.</summary>
    [Parameter]
    public string? CertificatePath { get; set; }

    /// <summary>The folder for the client's certificate and key; one with the client's name below the certificate folder without it.</summary>
    [Parameter(ParameterSetName = OneClient)]
    public string? Destination { get; set; }

    /// <summary>The organizations of the subjects; the VCH's name without it.</summary>
    [Parameter]
    public string[] Organization { get; set; } = [];

    /// <summary>The algorithm of new keys.</summary>
    [Parameter]
    public KeyAlgorithm CertificateKeyAlgorithm { get; set; } = KeyAlgorithm.Rsa;

    /// <summary>The size of new keys in bits; 2048 for RSA and 256 for ECDSA without it.</summary>
    [Parameter]
    public int? CertificateKeySize { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var recipe = KeyRecipe.Of(CertificateKeyAlgorithm, CertificateKeySize);
        if (recipe.Problem is { } problem)
        {
            RefuseArgument("CertificateKeySize", problem, CertificateKeySize);
        }

        var issuer = new CertificateIssuer(recipe, Organization.Length > 0 ? Organization : [Name], DateTimeOffset.UtcNow);
        var folder = new CertificateFolder(FullPath(CertificatePath ?? Name));
        if (ParameterSetName == OneClient)
        {
            CreateClient(issuer, folder);
        }
        else
        {
            CreateSet(issuer, folder);
        }
    }

    private void CreateSet(CertificateIssuer issuer, CertificateFolder folder)
    {
        var names = new List<SubjectName>();
        foreach (var text in TlsCommonName)
        {
            if (SubjectName.TryParse(text) is not { } name)
            {
                RefuseArgument("TlsCommonName", $"'{text}' is neither a DNS name nor an IP address.", text);
                return;
            }

            names.Add(name);
        }

        if (ShouldProcess(folder.Path, $"Make an authority, a server and a client certificate for {string.Join(", ", names)}"))
        {
            var facts = Write(folder, () =>
            {
                var certificates = CertificateSet.Create(issuer, TlsMode.Mutual, names);
                folder.Write(certificates);
                return certificates.Facts();
            });
            WriteObject(facts.Select(fact => new VchCertificate(Name, fact, folder.Path)), enumerateCollection: true);
        }
    }

    private void CreateClient(CertificateIssuer issuer, CertificateFolder folder)
    {
        var destination = new CertificateFolder(Destination is null ? Path.Combine(folder.Path, ClientName) : FullPath(Destination));
        if (ShouldProcess(destination.Path, $"Make a client certificate for '{ClientName}'"))
        {
            var facts = Write(destination, () =>
            {
                var certificates = folder.Read() ?? throw new VicException(
                    "NoCertificates", VicErrorKind.NotFound, $"'{folder.Path}' holds no certificates of a VCH.")
                {
                    RecommendedAction = "Pass the folder that New-VCH wrote with -CertificatePath.",
                };
                var client = certificates.IssueClient(issuer, ClientName);
                destination.Write(client);
                return CertificateFacts.Read(CertificateKind.Client, client.Client.CertificatePem);
            });
            WriteObject(facts.Select(fact => new VchCertificate(Name, fact, destination.Path)), enumerateCollection: true);
        }
    }

    // A set that is half written would be taken for a whole one the next time.
    private IReadOnlyList<CertificateFacts> Write(CertificateFolder folder, Func<IReadOnlyList<CertificateFacts>> write) => Run(
        (_, _) => Task.Run(() =>
        {
            try
            {
                return write();
            }
            catch
            {
                folder.Undo();
                throw;
            }
        }),
        folder.Path);

    private void RefuseArgument(string parameter, string message, object? target) =>
        Refuse("InvalidArgument", VicErrorKind.InvalidInput, $"-{parameter}: {message}", target);
}
