using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Vic.Engine.Certificates;
using Vic.Testing.Files;

namespace Vic.Engine.Tests.Certificates;

public sealed class CertificateSetTests
{
    private static readonly SubjectName[] Names = [Name("vch.example.org"), Name("127.0.0.1")];

    public static TheoryData<KeyAlgorithm, int> Recipes => new() { { KeyAlgorithm.Rsa, 2048 }, { KeyAlgorithm.Ecdsa, 256 }, { KeyAlgorithm.Ecdsa, 384 } };

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Openssl_verifies_server_and_client_for_their_purpose(KeyAlgorithm algorithm, int size)
    {
        using var folder = new TemporaryFolder();
        new CertificateFolder(folder.Path).Write(Create(TlsMode.Mutual, new KeyRecipe(algorithm, size)));

        Assert.Equal(0, OpenSsl(folder.Path, "verify -x509_strict -CAfile ca.pem -purpose sslserver -verify_hostname vch.example.org server-cert.pem"));
        Assert.Equal(0, OpenSsl(folder.Path, "verify -x509_strict -CAfile ca.pem -purpose sslserver -verify_ip 127.0.0.1 server-cert.pem"));
        Assert.Equal(0, OpenSsl(folder.Path, "verify -x509_strict -CAfile ca.pem -purpose sslclient cert.pem"));
        Assert.NotEqual(0, OpenSsl(folder.Path, "verify -x509_strict -CAfile ca.pem -verify_hostname other.example.org server-cert.pem"));
        Assert.NotEqual(0, OpenSsl(folder.Path, "verify -x509_strict -CAfile ca.pem -purpose sslserver cert.pem"));
        Assert.Equal(0, OpenSsl(folder.Path, "pkcs12 -in cert.pfx -passin pass: -nodes -out pfx.pem"));
    }

    [Theory]
    [InlineData(KeyAlgorithm.Rsa, 2048, KeyAlgorithm.Ecdsa, 256)]
    [InlineData(KeyAlgorithm.Ecdsa, 256, KeyAlgorithm.Rsa, 2048)]
    public void An_authority_signs_keys_of_another_kind_than_its_own(KeyAlgorithm authority, int authoritySize, KeyAlgorithm server, int serverSize)
    {
        using var folder = new TemporaryFolder();
        var signer = new CertificateIssuer(new KeyRecipe(authority, authoritySize), ["mixed"], DateTimeOffset.UtcNow).CreateAuthority();
        var issued = new CertificateIssuer(new KeyRecipe(server, serverSize), ["mixed"], DateTimeOffset.UtcNow).IssueServer(Names, signer);
        File.WriteAllText(folder["ca.pem"], signer.CertificatePem);
        File.WriteAllText(folder["server-cert.pem"], issued.CertificatePem);

        Assert.Equal(0, OpenSsl(folder.Path, "verify -x509_strict -CAfile ca.pem -purpose sslserver -verify_hostname vch.example.org server-cert.pem"));
    }

    [Fact]
    public async Task A_server_with_these_certificates_admits_the_client_certificate_and_nobody_else()
    {
        var certificates = Create(TlsMode.Mutual, KeyRecipe.Default);
        var strangers = Create(TlsMode.Mutual, KeyRecipe.Default);

        Assert.True(await HandshakeAsync(certificates, certificates));
        Assert.False(await HandshakeAsync(certificates, strangers));
        Assert.False(await HandshakeAsync(certificates, client: null));
    }

    [Fact]
    public void A_set_can_be_used_again_for_the_same_names_only()
    {
        var certificates = Create(TlsMode.Mutual, KeyRecipe.Default);

        Assert.Null(certificates.WhyNotUsableFor(TlsMode.Mutual, Names, DateTimeOffset.UtcNow));
        Assert.Contains("10.0.0.9", certificates.WhyNotUsableFor(TlsMode.Mutual, [Name("10.0.0.9")], DateTimeOffset.UtcNow), StringComparison.Ordinal);
        Assert.Contains("valid only", certificates.WhyNotUsableFor(TlsMode.Mutual, Names, DateTimeOffset.UtcNow.AddYears(2)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_with_a_foreign_key_or_authority_is_refused()
    {
        var certificates = Create(TlsMode.Mutual, new KeyRecipe(KeyAlgorithm.Ecdsa, 256));
        var strangers = Create(TlsMode.Mutual, new KeyRecipe(KeyAlgorithm.Ecdsa, 256));

        Assert.Contains("key", Mix(certificates, strangers.ServerKey, certificates.Authority).WhyNotUsableFor(TlsMode.Mutual, Names, DateTimeOffset.UtcNow), StringComparison.Ordinal);
        Assert.Contains("another authority", Mix(certificates, certificates.ServerKey, strangers.Authority).WhyNotUsableFor(TlsMode.Mutual, Names, DateTimeOffset.UtcNow), StringComparison.Ordinal);
        Assert.Contains("PEM", Mix(certificates, "-----BEGIN", certificates.Authority).WhyNotUsableFor(TlsMode.Mutual, Names, DateTimeOffset.UtcNow), StringComparison.Ordinal);
    }

    private static CertificateSet Mix(CertificateSet set, string serverKey, string? authority) => new()
    {
        Authority = authority,
        AuthorityKey = set.AuthorityKey,
        Server = set.Server,
        ServerKey = serverKey,
        Client = set.Client,
        ClientKey = set.ClientKey,
    };

    private static CertificateSet Create(TlsMode mode, KeyRecipe recipe) =>
        CertificateSet.Create(new CertificateIssuer(recipe, ["vch1"], DateTimeOffset.UtcNow), mode, Names);

    private static SubjectName Name(string text) => SubjectName.TryParse(text)!.Value;

    private static int OpenSsl(string directory, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    private static async Task<bool> HandshakeAsync(CertificateSet server, CertificateSet? client)
    {
        using var authority = X509Certificate2.CreateFromPem(server.Authority);
        using var serverCertificate = X509Certificate2.CreateFromPem(server.Server, server.ServerKey);
        using var clientCertificate = client is null ? null : X509CertificateLoader.LoadPkcs12(client.ClientPfx()!, "");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, serverCertificate, authority);
        using var connection = new TcpClient();
        await connection.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
        await using var stream = new SslStream(connection.GetStream());
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "vch.example.org",
                    ClientCertificates = clientCertificate is null ? null : [clientCertificate],
                    CertificateChainPolicy = Policy(authority),
                },
                TestContext.Current.CancellationToken);
            var answer = await stream.ReadAsync(new byte[1], TestContext.Current.CancellationToken);
            return answer == 1 && await serving;
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            return await serving;
        }
    }

    private static async Task<bool> ServeAsync(TcpListener listener, X509Certificate2 certificate, X509Certificate2 authority)
    {
        using var connection = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var stream = new SslStream(connection.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = certificate,
                    ClientCertificateRequired = true,
                    CertificateChainPolicy = Policy(authority),
                },
                TestContext.Current.CancellationToken);
            await stream.WriteAsync(new byte[1], TestContext.Current.CancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            return false;
        }
    }

    private static X509ChainPolicy Policy(X509Certificate2 authority) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { authority },
        RevocationMode = X509RevocationMode.NoCheck,
    };
}
