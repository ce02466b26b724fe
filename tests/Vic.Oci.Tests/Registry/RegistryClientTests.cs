using Vic.Oci.Manifests;
using Vic.Oci.References;
using Vic.Oci.Registry;
using Vic.Testing.Images;
using Vic.Testing.Registries;
using RegistryOptions = Vic.Oci.Registry.RegistryOptions;
using ServerOptions = Vic.Testing.Registries.RegistryOptions;

namespace Vic.Oci.Tests.Registry;

public sealed class RegistryClientTests : IDisposable
{
    private static readonly RegistryOptions Insecure = new() { InsecureRegistries = ["127.0.0.0/8"] };

    private static readonly RegistryCredentials Login = new() { UserName = RegistryServer.User, Password = RegistryServer.Password };

    private readonly List<RegistryClient> _clients = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _clients.ForEach(client => client.Dispose());

    [Theory]
    [InlineData(ImageFormat.Docker, LayerCompression.Gzip)]
    [InlineData(ImageFormat.Docker, LayerCompression.None)]
    [InlineData(ImageFormat.Oci, LayerCompression.Gzip)]
    [InlineData(ImageFormat.Oci, LayerCompression.Zstd)]
    public async Task An_image_is_found_by_tag_and_by_digest(ImageFormat format, LayerCompression compression)
    {
        await using var registry = await StartAsync(new());
        var image = TestImage.Build(SampleImages.SpecialLayers(), format, compression);
        var digest = await registry.PushAsync("test/app", "1", image, Cancellation);

        foreach (var name in new[] { $"{registry.Host}/test/app:1", $"{registry.Host}/test/app@{digest}" })
        {
            var found = await FindAsync(name, Insecure);
            Assert.Equal(image.Id, found.Id.ToString());
            Assert.Equal(digest, found.Digest.ToString());
            Assert.Equal(image.Archives.Select(TestImage.DigestOf), found.DiffIds.Select(id => id.ToString()));
            Assert.Equal(image.LayerDigests, found.Manifest.Layers.Select(layer => layer.Digest));
        }
    }

    [Theory]
    [InlineData(ImageFormat.Docker)]
    [InlineData(ImageFormat.Oci)]
    public async Task An_index_gives_the_image_of_the_platform_and_keeps_its_own_digest(ImageFormat format)
    {
        await using var registry = await StartAsync(new());
        var (intel, arm) = (Build("amd64", format), Build("arm64", format));
        await registry.PushAsync("app", "intel", intel, Cancellation);
        await registry.PushAsync("app", "arm", arm, Cancellation);
        var digest = await registry.PushAsync("app", "all", TestImage.Index(format, ("arm64", arm), ("amd64", intel)), Cancellation);

        var found = await FindAsync($"{registry.Host}/app:all", Insecure);
        Assert.Equal(intel.Id, found.Id.ToString());
        Assert.Equal(digest, found.Digest.ToString());

        var error = await Assert.ThrowsAsync<ManifestException>(() => FindAsync($"{registry.Host}/app:all", Insecure, platform: "linux/s390x"));
        Assert.Equal("no matching manifest for linux/s390x in the manifest list entries", error.Message);
    }

    [Fact]
    public async Task A_registry_with_an_authority_of_its_own_is_trusted_when_that_is_given()
    {
        await using var registry = await StartAsync(new() { Tls = true });
        await registry.PushAsync("app", "1", Build("amd64"), Cancellation);

        var name = $"{registry.Host}/app:1";
        var error = await Assert.ThrowsAsync<RegistryException>(() => FindAsync(name, new RegistryOptions()));
        Assert.Equal(RegistryErrorKind.UntrustedCertificate, error.Kind);
        Assert.Equal($"Get \"https://{registry.Host}/v2/\": tls: failed to verify certificate: x509: certificate signed by unknown authority", error.Message);

        Assert.Equal("app", (await FindAsync(name, new RegistryOptions { CertificateAuthorities = [registry.Authority] })).Reference.Repository);
        Assert.Equal("app", (await FindAsync(name, new RegistryOptions { InsecureRegistries = [registry.Host] })).Reference.Repository);
    }

    [Fact]
    public async Task A_registry_without_TLS_must_be_named_insecure()
    {
        await using var registry = await StartAsync(new());
        await registry.PushAsync("app", "1", Build("amd64"), Cancellation);

        var error = await Assert.ThrowsAsync<RegistryException>(() => FindAsync($"{registry.Host}/app:1", new RegistryOptions()));

        Assert.Equal(RegistryErrorKind.PlainHttp, error.Kind);
        Assert.Equal($"Get \"https://{registry.Host}/v2/\": http: server gave HTTP response to HTTPS client", error.Message);
    }

    [Fact]
    public async Task A_mirror_answers_for_short_names()
    {
        await using var registry = await StartAsync(new());
        var image = Build("amd64");
        await registry.PushAsync("library/busybox", "latest", image, Cancellation);

        var found = await FindAsync("busybox", new RegistryOptions { Mirrors = [new Uri($"http://{registry.Host}")] });

        Assert.Equal(image.Id, found.Id.ToString());
    }

    [Theory]
    [InlineData(RegistryLogin.Basic)]
    [InlineData(RegistryLogin.Token)]
    public async Task A_login_opens_what_is_closed_without_one(RegistryLogin login)
    {
        await using var registry = await StartAsync(new() { Login = login });
        await registry.PushAsync("private/app", "1", Build("amd64"), Cancellation);
        var name = $"{registry.Host}/private/app:1";

        var found = await FindAsync(name, Insecure, Login);
        Assert.Single(found.Manifest.Layers);
        var nobody = await Assert.ThrowsAsync<RegistryException>(() => FindAsync(name, Insecure));
        Assert.True(nobody.Kind is RegistryErrorKind.Unauthorized or RegistryErrorKind.Denied, nobody.ToString());
        var wrong = await Assert.ThrowsAsync<RegistryException>(() => FindAsync(name, Insecure, Login with { Password = "guess" }));
        Assert.Equal(RegistryErrorKind.Unauthorized, wrong.Kind);
        Assert.DoesNotContain("guess", wrong.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_tag_and_a_registry_that_is_not_there_are_told_apart()
    {
        await using var registry = await StartAsync(new());
        var missing = await Assert.ThrowsAsync<RegistryException>(() => FindAsync($"{registry.Host}/no/such:1", Insecure));
        Assert.Equal(RegistryErrorKind.ManifestUnknown, missing.Kind);
        Assert.Equal("manifest unknown: manifest unknown", missing.Message);

        var silent = await Assert.ThrowsAsync<RegistryException>(() => FindAsync("127.0.0.1:1/app:1", Insecure));
        Assert.Equal(RegistryErrorKind.Unreachable, silent.Kind);
        Assert.Equal("Get \"http://127.0.0.1:1/v2/\": dial tcp 127.0.0.1:1: connect: connection refused", silent.Message);
    }

    [Fact]
    public async Task Changed_content_never_passes()
    {
        await using var registry = await StartAsync(new());
        var image = Build("amd64");
        await registry.PushAsync("app", "1", image, Cancellation);
        var found = await FindAsync($"{registry.Host}/app:1", Insecure);
        registry.Tamper(image.LayerDigests[0], Flip);

        await using var layer = found.OpenLayer(found.Manifest.Layers[0]);
        var error = await Assert.ThrowsAsync<RegistryException>(() => layer.CopyToAsync(Stream.Null, Cancellation));
        Assert.Equal($"filesystem layer verification failed for digest {image.LayerDigests[0]}", error.Message);

        registry.Tamper(image.Id, Flip);
        error = await Assert.ThrowsAsync<RegistryException>(() => FindAsync($"{registry.Host}/app:1", Insecure));
        Assert.Equal($"image config verification failed for digest {image.Id}", error.Message);
    }

    [Fact]
    public void Credentials_are_read_from_dockers_header()
    {
        var header = Convert.ToBase64String("""{"username":"u","password":"p?>~","serveraddress":"r:1"}"""u8).Replace('+', '-').Replace('/', '_');

        Assert.Equal("p?>~", RegistryCredentials.FromHeader(header)!.Password);
        Assert.Null(RegistryCredentials.FromHeader("e30="));
        Assert.Null(RegistryCredentials.FromHeader(null));
        Assert.Throws<FormatException>(() => RegistryCredentials.FromHeader("not base64 !"));
    }

    private static byte[] Flip(byte[] content)
    {
        content[content.Length / 2] ^= 1;
        return content;
    }

    private static TestImage Build(string architecture, ImageFormat format = ImageFormat.Docker) =>
        TestImage.Build([new LayerContent().File("architecture", architecture).ToArchive()], format, architecture: architecture);

    private static Task<RegistryServer> StartAsync(ServerOptions options) => RegistryServer.StartAsync(options, Cancellation);

    private async Task<RemoteImage> FindAsync(string name, RegistryOptions options, RegistryCredentials? credentials = null, string platform = "linux/amd64")
    {
        var client = new RegistryClient(options with { RetryDelay = TimeSpan.Zero });
        _clients.Add(client);
        return await client.FindAsync(ImageReference.Parse(name).OrLatest(), Platform.Parse(platform)!, credentials, Cancellation);
    }
}
