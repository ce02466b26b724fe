using System.Security.Cryptography.X509Certificates;
using System.Text;
using Vic.Engine.Certificates;
using Vic.Engine.Changes;
using Vic.Engine.Inspection;
using Vic.Engine.Requests;
using Vic.Engine.Tests.Labs;
using Vic.Engine.Validation;
using Vic.Lab.Inventory;

namespace Vic.Engine.Tests.Changes;

/// <summary>A VCH gets other certificates, or lets in other clients. Its endpoint speaks no TLS in this lab, so nobody waits for it.</summary>
public sealed class CertificateChangeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_renewed_certificate_has_the_names_that_were_asked_for_and_the_rest_of_the_one_before()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        var vch = await DeployAsync(lab);

        var renewed = await ChangeAsync(lab, vch, new() { Kind = TlsChangeKind.Renew, CertificatePath = lab.CertificatePath, Names = ["new.example.org"] });

        using var certificate = Server(renewed);
        Assert.Equal("new.example.org", certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false));
        Assert.Contains("O=Research", certificate.Subject, StringComparison.Ordinal);
        Assert.Equal(256, certificate.GetECDsaPublicKey()!.KeySize);
        Assert.Equal(vch.ClientAuthorities, renewed.ClientAuthorities);
        Assert.Equal(Text(renewed), await File.ReadAllTextAsync(Path.Combine(lab.CertificatePath, "server-cert.pem"), Token));
    }

    [Fact]
    public async Task A_renewed_certificate_has_the_organizations_and_the_kind_of_key_that_were_asked_for()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        var vch = await DeployAsync(lab);

        var renewed = await ChangeAsync(
            lab, vch, new() { Kind = TlsChangeKind.Renew, CertificatePath = lab.CertificatePath, Organizations = ["Operations"], KeyAlgorithm = KeyAlgorithm.Rsa, KeySize = 3072 });

        using var certificate = Server(renewed);
        Assert.Contains("O=Operations", certificate.Subject, StringComparison.Ordinal);
        Assert.Equal(3072, certificate.GetRSAPublicKey()!.KeySize);
        Assert.True(certificate.MatchesHostname("vch.example.org"));
    }

    [Fact]
    public async Task A_server_certificate_of_the_user_takes_the_place_of_the_one_before_and_its_key_is_sealed()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        var vch = await DeployAsync(lab);
        var own = WriteOwn(lab, "own");
        var request = new TlsChangeRequest
        {
            Kind = TlsChangeKind.UseFiles,
            CertificatePath = lab.CertificatePath,
            ServerCertificate = lab.Folder["own/server-cert.pem"],
            ServerKey = lab.Folder["own/server-key.pem"],
        };

        var changed = await ChangeAsync(lab, vch, request);

        Assert.Equal(own.Server, Text(changed));
        Assert.Equal(vch.ClientAuthorities, changed.ClientAuthorities);
        Assert.All(
            Directory.EnumerateFiles(lab.Facts.StateDirectory, "*.vmx", SearchOption.AllDirectories),
            file => Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(own.ServerKey)), File.ReadAllText(file), StringComparison.Ordinal));

        changed = await ChangeAsync(lab, changed, request with { ClientAuthorities = [lab.Folder["own/ca.pem"]] });

        Assert.Equal(own.Authority, changed.ClientAuthorities);
        using var client = await lab.ConnectAsync();
        Assert.Empty(await new VchReconfiguration(client).PlanAsync(changed, new VchChangeRequest { Tls = request }, Quiet.Instance, Token));
    }

    [Fact]
    public async Task The_certificates_of_a_folder_take_the_place_of_those_before()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        var vch = await DeployAsync(lab);
        var own = WriteOwn(lab, "own");
        var request = new TlsChangeRequest { Kind = TlsChangeKind.UseFolder, CertificatePath = lab.Folder["own"] };

        var changed = await ChangeAsync(lab, vch, request);

        Assert.Equal((own.Server, own.Authority), (Text(changed), changed.ClientAuthorities));
        using var client = await lab.ConnectAsync();
        Assert.Empty(await new VchReconfiguration(client).PlanAsync(changed, new VchChangeRequest { Tls = request }, Quiet.Instance, Token));
        File.Delete(lab.Folder["own/ca.pem"]);
        var error = await Assert.ThrowsAsync<ValidationException>(() => ChangeAsync(lab, vch, request));
        Assert.Contains("cannot be used: it holds no authority of clients (ca.pem)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_VCH_that_lets_in_all_gets_a_new_certificate_without_any_authority()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        var vch = await DeployAsync(lab, TlsMode.ServerOnly);

        var renewed = await ChangeAsync(lab, vch, new() { Kind = TlsChangeKind.Renew, CertificatePath = lab.CertificatePath });

        Assert.NotEqual(Text(vch), Text(renewed));
        Assert.Equal((TlsMode.ServerOnly, ""), (renewed.TlsMode, renewed.ClientAuthorities));
        Assert.Equal(Text(renewed), await File.ReadAllTextAsync(Path.Combine(lab.CertificatePath, "server-cert.pem"), Token));
    }

    [Fact]
    public async Task All_clients_are_let_in_and_later_only_those_of_an_authority_again()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        var vch = await DeployAsync(lab);
        var own = WriteOwn(lab, "own");
        var request = new TlsChangeRequest { Kind = TlsChangeKind.Keep, CertificatePath = lab.CertificatePath, LetsInAll = true };

        var open = await ChangeAsync(lab, vch, request);

        Assert.Equal((TlsMode.ServerOnly, Text(vch)), (open.TlsMode, Text(open)));
        var error = await Assert.ThrowsAsync<ValidationException>(() => ChangeAsync(lab, open, request with { LetsInAll = false }));
        Assert.Equal("NoTlsVerify", Assert.Single(error.Problems).Option);
        Assert.Contains("make one with -NewAuthority, or pass -TlsCA", error.Message, StringComparison.Ordinal);

        var closed = await ChangeAsync(lab, open, request with { LetsInAll = null, ClientAuthorities = [own.Authority!] });

        Assert.Equal((TlsMode.Mutual, own.Authority, Text(vch)), (closed.TlsMode, closed.ClientAuthorities, Text(closed)));
    }

    [Fact]
    public async Task A_VCH_that_let_in_all_gets_an_authority_whose_clients_alone_are_let_in()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        var vch = await DeployAsync(lab, TlsMode.ServerOnly);
        var request = new TlsChangeRequest { Kind = TlsChangeKind.NewAuthority, CertificatePath = lab.Folder["new"] };

        var error = await Assert.ThrowsAsync<ValidationException>(() => ChangeAsync(lab, vch, request));
        var closed = await ChangeAsync(lab, vch, request with { LetsInAll = false });

        Assert.Contains("-NoTlsVerify:$false", error.Message, StringComparison.Ordinal);
        Assert.Equal(TlsMode.Mutual, closed.TlsMode);
        Assert.True(new CertificateFolder(lab.Folder["new"]).HoldsClientOf(closed.ClientAuthorities));
    }

    [Theory]
    [InlineData(TlsChangeKind.UseFiles, "server-cert.pem", null, "pass -TlsServerKey beside -TlsServerCertificate")]
    [InlineData(TlsChangeKind.UseFiles, "server-cert.pem", "ca-key.pem", "cannot be used: the key of the server certificate belongs to another certificate")]
    [InlineData(TlsChangeKind.UseFiles, "lost.pem", "server-key.pem", "lost.pem' cannot be used")]
    [InlineData(TlsChangeKind.Renew, null, null, "pass -TlsCA alone, or with -TlsServerCertificate")]
    public async Task Certificates_that_cannot_be_used_are_refused_and_nothing_is_changed(TlsChangeKind kind, string? certificate, string? key, string message)
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        var vch = await DeployAsync(lab);
        WriteOwn(lab, "own");
        var before = await VchState.ReadAsync(lab);

        var error = await Assert.ThrowsAsync<ValidationException>(() => ChangeAsync(lab, vch, new()
        {
            Kind = kind,
            CertificatePath = lab.CertificatePath,
            ServerCertificate = certificate is null ? null : lab.Folder[$"own/{certificate}"],
            ServerKey = key is null ? null : lab.Folder[$"own/{key}"],
            ClientAuthorities = [lab.Folder["own/ca.pem"]],
        }));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await VchState.ReadAsync(lab));
    }

    private static async Task<VchInfo> DeployAsync(EngineLab lab, TlsMode mode = TlsMode.Mutual)
    {
        using var client = await lab.ConnectAsync();
        var tls = new TlsRequest
        {
            Mode = mode,
            CertificatePath = lab.CertificatePath,
            CommonName = "vch.example.org",
            Keys = new KeyRecipe(KeyAlgorithm.Ecdsa, 256),
            Organizations = ["Research"],
        };
        return (await EngineLab.DeployAsync(client, lab.Request() with { Tls = tls, SkipReadiness = true }, Token)).Vch;
    }

    private static async Task<VchInfo> ChangeAsync(EngineLab lab, VchInfo vch, TlsChangeRequest request)
    {
        using var client = await lab.ConnectAsync();
        return (await new VchReconfiguration(client).RunAsync(
            vch, new VchChangeRequest { Tls = request, Timeout = TimeSpan.FromSeconds(1) }, Quiet.Instance, Token)).Vch;
    }

    private static CertificateSet WriteOwn(EngineLab lab, string folder)
    {
        var issuer = new CertificateIssuer(new KeyRecipe(KeyAlgorithm.Ecdsa, 256), ["own"], DateTimeOffset.UtcNow);
        var set = CertificateSet.Create(issuer, TlsMode.Mutual, [SubjectName.TryParse("127.0.0.1")!.Value]);
        new CertificateFolder(lab.Folder[folder]).Write(set);
        return set;
    }

    private static string Text(VchInfo vch) => Encoding.UTF8.GetString(vch.Configuration.Certificates.HostCertificate!.Certificate);

    private static X509Certificate2 Server(VchInfo vch) => X509Certificate2.CreateFromPem(Text(vch));
}
