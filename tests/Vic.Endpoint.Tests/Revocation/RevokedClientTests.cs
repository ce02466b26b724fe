using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Vic.Endpoint.Api.Revocation;
using Vic.Endpoint.Tests.Doubles;
using Vic.Testing.Docker;
using Vic.Testing.Files;
using Vic.Testing.Processes;

namespace Vic.Endpoint.Tests.Revocation;

/// <summary>A client whose certificate is revoked is locked out while the API serves on, by the stock docker client.</summary>
public sealed class RevokedClientTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RevokedClientTests() => TestCertificates.WriteTo(_folder);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_revoked_client_is_refused_and_another_one_is_served_on()
    {
        Assert.SkipUnless(File.Exists(DockerClient.Debian), $"{DockerClient.Debian} is not installed");
        await using var engine = await TestEngine.StartAsync(certificates: _folder[""]);
        var other = engine.ClientOf(_folder[TestCertificates.OtherClient]);
        Assert.Equal(0, (await PingAsync(engine.Client(DockerClient.Debian))).ExitCode);
        Assert.Equal(0, (await PingAsync(other)).ExitCode);

        engine.Revoked!.Replace(TestCertificates.Revoke(_folder, _folder["cert.pem"]));

        var refused = await PingAsync(engine.Client(DockerClient.Debian));
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Matches("certificate|EOF|reset|broken pipe", refused.Error);
        Assert.Equal(0, (await PingAsync(other)).ExitCode);
    }

    [Fact]
    public async Task What_a_revoked_client_has_open_is_ended()
    {
        Assert.SkipUnless(File.Exists(DockerClient.Debian), $"{DockerClient.Debian} is not installed");
        await using var engine = await TestEngine.StartAsync(certificates: _folder[""]);
        var docker = engine.Client(DockerClient.Debian);
        (await docker.RunAsync(Cancellation, "run", "-d", "--name", "long", "busybox", "forever")).EnsureSuccess();
        using var attached = docker.Command("exec", "-i", "long", "cat").Start();
        await attached.StandardInput.WriteLineAsync("still here");
        await attached.StandardInput.FlushAsync(Cancellation);
        Assert.Equal("still here", await attached.StandardOutput.ReadLineAsync(Cancellation));

        engine.Revoked!.Replace(TestCertificates.Revoke(_folder, _folder["cert.pem"]));

        await attached.WaitForExitAsync(Cancellation);
        Assert.Null(await attached.StandardOutput.ReadLineAsync(Cancellation));
        Assert.Equal("long", (await engine.ClientOf(_folder[TestCertificates.OtherClient]).RunAsync(Cancellation, "ps", "--format", "{{.Names}}")).EnsureSuccess().Output.Trim());
    }

    [Fact]
    public void A_list_that_is_damaged_lets_nobody_in_until_it_is_replaced()
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(_folder["cert.pem"]);
        using var other = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(_folder[TestCertificates.OtherClient], "cert.pem"));
        using var authority = X509CertificateLoader.LoadCertificateFromFile(_folder["ca.pem"]);
        var revoked = new RevokedClients([authority]);
        var list = TestCertificates.Revoke(_folder, _folder["cert.pem"]);

        Assert.Throws<CryptographicException>(() => revoked.Replace(list.Replace('M', '!')));
        var locked = revoked.Contains(other);
        revoked.Replace(list);

        Assert.Equal((true, true, false), (locked, revoked.Contains(certificate), revoked.Contains(other)));
    }

    [Fact]
    public void A_list_of_somebody_else_revokes_nothing()
    {
        using var foreign = new TemporaryFolder();
        TestCertificates.WriteTo(foreign);
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(_folder["cert.pem"]);
        using var authority = X509CertificateLoader.LoadCertificateFromFile(_folder["ca.pem"]);
        var revoked = new RevokedClients([authority]);

        revoked.Replace(TestCertificates.Revoke(foreign, _folder["cert.pem"]));

        Assert.False(revoked.Contains(certificate));
    }

    private static Task<CommandResult> PingAsync(DockerClient docker) => docker.RunAsync(Cancellation, "ps");
}
