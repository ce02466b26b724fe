using Vic.Engine.Certificates;
using Vic.Engine.Docker;
using Vic.Testing.Docker;
using Vic.Testing.Files;
using Vic.Testing.Processes;

namespace Vic.Engine.Tests.Docker;

/// <summary>A context that we write is one that the stock Docker client lists, inspects, uses and removes.</summary>
public sealed class DockerContextTests : IDisposable
{
    private const string Newest = "/usr/local/bin/docker";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Clients => [DockerClient.Debian, Newest];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task The_stock_client_knows_a_context_with_certificates(string executable)
    {
        Assert.SkipUnless(File.Exists(executable), $"{executable} is not installed");
        var certificates = new CertificateFolder(_folder["certificates"]);
        var issuer = new CertificateIssuer(new KeyRecipe(KeyAlgorithm.Ecdsa, 256), ["vch"], DateTimeOffset.UtcNow);
        certificates.Write(CertificateSet.Create(issuer, TlsMode.Mutual, [SubjectName.TryParse("127.0.0.1")!.Value]));

        Contexts.Write("team-vch", "VCH team on vc.example.org", "tcp://127.0.0.1:2376", TlsMode.Mutual, certificates);

        Assert.Contains("team-vch|VCH team on vc.example.org|tcp://127.0.0.1:2376", await DockerAsync(executable, "context", "ls", "--format", "{{.Name}}|{{.Description}}|{{.DockerEndpoint}}"), StringComparison.Ordinal);
        var inspected = await DockerAsync(executable, "context", "inspect", "team-vch");
        Assert.Contains("\"SkipTLSVerify\": false", inspected, StringComparison.Ordinal);
        Assert.All(["ca.pem", "cert.pem", "key.pem"], file => Assert.Contains($"\"{file}\"", inspected, StringComparison.Ordinal));
        Assert.Equal(["team-vch"], Contexts.NamesOf("tcp://127.0.0.1:2376"));
        Assert.Empty(Contexts.NamesOf("tcp://elsewhere:2376"));
        if (OperatingSystem.IsLinux())
        {
            var key = Directory.EnumerateFiles(_folder["docker"], "key.pem", SearchOption.AllDirectories).Single();
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        }

        await DockerAsync(executable, "context", "rm", "team-vch");
        Assert.Empty(Contexts.NamesOf("tcp://127.0.0.1:2376"));
    }

    [Theory]
    [InlineData(TlsMode.ServerOnly, "\"SkipTLSVerify\": true")]
    [InlineData(TlsMode.None, "\"SkipTLSVerify\": false")]
    public async Task A_context_without_client_certificates_holds_none(TlsMode mode, string text)
    {
        Assert.SkipUnless(File.Exists(Newest), $"{Newest} is not installed");

        Contexts.Write("plain", "VCH", "tcp://127.0.0.1:2375", mode, new CertificateFolder(_folder["none"]));

        Assert.Contains(text, await DockerAsync(Newest, "context", "inspect", "plain"), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder["docker"], "*.pem", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_context_is_not_overwritten_unless_it_points_there_already()
    {
        Contexts.Write("mine", "first", "tcp://127.0.0.1:2375", TlsMode.None, null);

        Contexts.Write("mine", "again", "tcp://127.0.0.1:2375", TlsMode.None, null);
        var error = Assert.Throws<VicException>(() => Contexts.Write("mine", "other", "tcp://127.0.0.2:2375", TlsMode.None, null));

        Assert.Equal("DockerContextExists", error.ErrorId);
        Assert.Contains("docker context rm mine", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(["mine"], Contexts.NamesOf("tcp://127.0.0.1:2375"));
    }

    [Theory]
    [InlineData("default")]
    [InlineData("x")]
    [InlineData("../up")]
    [InlineData("two words")]
    public void A_name_that_the_client_would_not_take_is_refused(string name) =>
        Assert.Equal("DockerContextName", Assert.Throws<VicException>(() => Contexts.CheckName(name)).ErrorId);

    private DockerContexts Contexts => new(_folder["docker"]);

    private async Task<string> DockerAsync(string executable, params string[] arguments)
    {
        var command = new Command(executable, arguments) { Environment = new Dictionary<string, string?> { ["DOCKER_CONFIG"] = _folder["docker"], ["DOCKER_HOST"] = null, ["DOCKER_CONTEXT"] = null } };
        return (await command.RunAsync(TestContext.Current.CancellationToken)).EnsureSuccess().Output;
    }
}
