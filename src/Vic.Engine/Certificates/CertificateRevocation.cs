using Org.BouncyCastle.Math;
using Org.BouncyCastle.X509;
using Vic.Configuration;
using Vic.Engine.Inspection;
using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Certificates;

/// <summary>
/// Revokes client certificates of a VCH: writes a new list, signed by the VCH's authority, into the endpoint VM's configuration. An endpoint that runs
/// reads it at once and ends the connections of who is on it.
/// </summary>
public sealed class CertificateRevocation
{
    private readonly VimClient _client;

    /// <summary>Writes through a session.</summary>
    public CertificateRevocation(VimClient client) => _client = client;

    /// <summary>Revokes certificates; those that are revoked already stay so.</summary>
    /// <param name="vch">The VCH.</param>
    /// <param name="authority">The folder with the authority's certificate and key.</param>
    /// <param name="serialNumbers">The certificates' serial numbers as hexadecimal digits.</param>
    /// <param name="progress">Where steps are reported.</param>
    /// <param name="cancellationToken">Gives up before the list is written.</param>
    /// <returns>All that is revoked now.</returns>
    /// <exception cref="VicException">
    /// The authority is not the VCH's or its key is not there; a serial number is none; or somebody else has changed the VCH at the same time.
    /// </exception>
    public async Task<IReadOnlyList<RevokedCertificate>> RunAsync(
        VchInfo vch, CertificateFolder authority, IReadOnlyList<string> serialNumbers, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var numbers = serialNumbers.Select(Parse).ToList();
        progress.Report(new($"Reading the certificates of '{vch.Name}'"));
        var signer = ReadAuthority(vch, authority);
        var machine = await InventoryView.ReadAsync(_client, vch.Reference, ["config.changeVersion", "config.extraConfig"], cancellationToken).ConfigureAwait(false);
        var present = Present(vch, machine);
        var lists = present.With(signer, numbers, DateTime.UtcNow);
        progress.Report(new("Writing the list of revoked certificates"));
        await WriteAsync(vch, lists, machine.Get<string>("config.changeVersion"), cancellationToken).ConfigureAwait(false);
        return lists.Entries();
    }

    /// <summary>The serial number of a client certificate that the VCH's authority has issued.</summary>
    /// <exception cref="VicException">It is another authority's, or no certificate.</exception>
    public static string SerialNumberOf(VchInfo vch, string certificatePem)
    {
        try
        {
            var certificate = CertificatePemReader.ReadCertificate(certificatePem);
            return CertificatePemReader.ReadCertificates(vch.ClientAuthorities).Any(authority => HasIssued(authority, certificate))
                ? SerialNumbers.ToText(certificate.SerialNumber)
                : throw new VicException(
                    "NotOfThisVch", VicErrorKind.InvalidInput, $"The certificate of {certificate.SubjectDN} was not issued by the authority of '{vch.Name}'.");
        }
        catch (FormatException exception)
        {
            throw new VicException("CertificateDamaged", VicErrorKind.InvalidInput, $"This is no certificate: {exception.Message}", exception);
        }
    }

    private static bool HasIssued(X509Certificate authority, X509Certificate certificate) =>
        certificate.IssuerDN.Equivalent(authority.SubjectDN) && certificate.IsSignatureValid(authority.GetPublicKey());

    private static BigInteger Parse(string text) => SerialNumbers.TryParse(text)
        ?? throw new VicException("InvalidSerialNumber", VicErrorKind.InvalidInput, $"'{text}' is no serial number: it has up to 40 hexadecimal digits.");

    private static KeyedCertificate ReadAuthority(VchInfo vch, CertificateFolder folder)
    {
        var certificates = folder.Read();
        if (certificates?.Authority is not { } authority || authority != vch.ClientAuthorities)
        {
            throw new VicException("NoCertificates", VicErrorKind.NotFound, $"'{folder.Path}' does not hold the authority of '{vch.Name}'.")
            {
                RecommendedAction = "Pass the folder that New-VCH wrote with -CertificatePath.",
                Target = folder.Path,
            };
        }

        return KeyedCertificate.FromPem(authority, certificates.AuthorityKey ?? throw new VicException(
            "NoAuthorityKey", VicErrorKind.NotFound, $"The key of the authority (ca-key.pem) is not in '{folder.Path}', so no list can be signed with it.")
        {
            Target = folder.Path,
        });
    }

    private static RevocationLists Present(VchInfo vch, InventoryEntity machine)
    {
        try
        {
            return MachineInventory.Keys(machine).TryGetValue(GuestInfoNames.RevocationLists, out var text)
                ? RevocationLists.Read(Convert.FromBase64String(text))
                : RevocationLists.Read([]);
        }
        catch (FormatException exception)
        {
            throw new VicException(
                "RevocationListDamaged", VicErrorKind.Failed, $"The list of revoked certificates of '{vch.Name}' cannot be read: {exception.Message}", exception)
            {
                RecommendedAction = $"Remove '{GuestInfoNames.RevocationLists}' from the advanced settings of the endpoint VM, and revoke all certificates again.",
                Target = vch.Name,
            };
        }
    }

    private async Task WriteAsync(VchInfo vch, RevocationLists lists, string? version, CancellationToken cancellationToken)
    {
        var spec = new VirtualMachineConfigSpec
        {
            // Who has read the same list would drop our entry from it.
            ChangeVersion = version,
            ExtraConfig = [new OptionValue { Key = GuestInfoNames.RevocationLists, Value = Convert.ToBase64String(lists.ToPem()) }],
        };
        try
        {
            await MachineTasks.ReconfigureAsync(_client, vch.Reference, spec, cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException exception) when (exception.Fault is ConcurrentAccess)
        {
            throw new VicException("ChangedMeanwhile", VicErrorKind.Busy, $"'{vch.Name}' was changed by somebody else at the same time; nothing was revoked.", exception)
            {
                RecommendedAction = "Revoke again.",
                Target = vch.Name,
            };
        }
    }
}
