using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Vic.Endpoint.Api.Revocation;

/// <summary>The client certificates that are not let in any more. Replaced as a whole while the API serves.</summary>
/// <param name="authorities">Who may revoke: the authorities of client certificates.</param>
public sealed class RevokedClients(IReadOnlyList<X509Certificate2> authorities)
{
    private const string Label = "X509 CRL";

    // Null: what is revoked is not known, so nobody is let in.
    private volatile IReadOnlyList<RevocationList>? _lists = [];

    /// <summary>Raised after the lists were replaced.</summary>
    public event Action? Changed;

    /// <summary>Takes these lists in place of the present ones. A list that none of the authorities has signed revokes nothing.</summary>
    /// <param name="pem">Lists in PEM; empty for none.</param>
    /// <exception cref="CryptographicException">A list is damaged; nobody is let in until another one replaces it.</exception>
    public void Replace(string pem)
    {
        try
        {
            _lists = Read(pem).Where(list => authorities.Any(list.IsSignedBy)).ToList();
        }
        catch
        {
            _lists = null;
            throw;
        }
        finally
        {
            Changed?.Invoke();
        }
    }

    /// <summary>Whether a certificate is not let in any more.</summary>
    public bool Contains(X509Certificate2 certificate) => Contains(CertificateIdentity.Of(certificate));

    /// <summary>Whether a certificate is not let in any more.</summary>
    internal bool Contains(CertificateIdentity certificate) => _lists?.Any(list => list.Contains(certificate)) ?? true;

    private static List<RevocationList> Read(string pem)
    {
        var lists = new List<RevocationList>();
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            if (rest[fields.Label].SequenceEqual(Label))
            {
                lists.Add(RevocationList.Read(Convert.FromBase64String(rest[fields.Base64Data].ToString())));
            }

            rest = rest[fields.Location.End..];
        }

        return rest.IsWhiteSpace() ? lists : throw new CryptographicException("There is text that is no PEM among the lists of revoked certificates.");
    }
}
