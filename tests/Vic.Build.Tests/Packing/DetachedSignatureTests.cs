using System.Security.Cryptography;
using Vic.Build.Execution;
using Vic.Build.Packing;
using Vic.Testing.Files;
using Vic.Testing.Processes;

namespace Vic.Build.Tests.Packing;

/// <summary>The checksums of a release are signed so that openssl verifies them.</summary>
public sealed class DetachedSignatureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Openssl_verifies_the_file_and_refuses_a_changed_one(bool isRsa)
    {
        using AsymmetricAlgorithm key = isRsa ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await WriteAsync("key.pem", key.ExportPkcs8PrivateKeyPem());
        await WriteAsync("public.pem", key.ExportSubjectPublicKeyInfoPem());
        await WriteAsync("SHA256SUMS", "0123  VIC.zip\n");
        await File.WriteAllBytesAsync(_folder["SHA256SUMS.sig"], DetachedSignature.Sign("0123  VIC.zip\n"u8.ToArray(), _folder["key.pem"]), Token);

        (await VerifyAsync()).EnsureSuccess();
        await WriteAsync("SHA256SUMS", "4567  VIC.zip\n");
        Assert.NotEqual(0, (await VerifyAsync()).ExitCode);
    }

    [Theory]
    [InlineData("no key at all")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    public async Task A_file_without_a_key_is_refused_by_its_name(string content)
    {
        await WriteAsync("key.pem", content);

        var refusal = Assert.Throws<BuildFailedException>(() => DetachedSignature.Sign([1], _folder["key.pem"]));

        Assert.Contains(_folder["key.pem"], refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task WriteAsync(string name, string content) => File.WriteAllTextAsync(_folder[name], content, Token);

    private Task<CommandResult> VerifyAsync() => new Command(
        "openssl", ["dgst", "-sha256", "-verify", _folder["public.pem"], "-signature", _folder["SHA256SUMS.sig"], _folder["SHA256SUMS"]]).RunAsync(Token);
}
