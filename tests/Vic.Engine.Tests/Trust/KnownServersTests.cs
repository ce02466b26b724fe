using System.Runtime.Versioning;
using Vic.Engine.Trust;
using Vic.Testing.Files;

namespace Vic.Engine.Tests.Trust;

/// <summary>The list of known servers is private, whole, and loses nothing.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class KnownServersTests : IDisposable
{
    private static readonly string Thumbprint = string.Join(':', Enumerable.Repeat("0F", 32));
    private static readonly string Other = string.Join(':', Enumerable.Repeat("F0", 32));

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private KnownServers Store => new(_folder["settings/known_servers"]);

    [Fact]
    public async Task A_server_is_known_by_name_and_port_until_another_certificate_takes_its_place()
    {
        Assert.Null(Store.Find("vc.example.org", 443));
        await Store.RememberAsync("vc.example.org", 443, Other, Token);
        await Store.RememberAsync("VC.example.org", 443, Thumbprint, Token);
        await Store.RememberAsync("vc.example.org", 8443, Other, Token);
        await Store.RememberAsync("[fd00::1]", 443, Other, Token);

        Assert.Equal(Thumbprint, Store.Find("vc.Example.org", 443));
        Assert.Equal(Other, Store.Find("vc.example.org", 8443));
        Assert.Equal(Other, Store.Find("[fd00::1]", 443));
        Assert.Null(Store.Find("c.example.org", 443));
        Assert.Equal(3, File.ReadAllLines(Store.Path).Length);
    }

    [Fact]
    public async Task Nobody_else_may_read_the_list_and_nothing_is_left_beside_it()
    {
        await Store.RememberAsync("vc.example.org", 443, Thumbprint, Token);
        await Store.RememberAsync("vc.example.org", 443, Other, Token);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Store.Path));
        Assert.Equal(
            ["known_servers", "known_servers.lock"], Directory.EnumerateFiles(Path.GetDirectoryName(Store.Path)!).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Two_that_remember_at_once_lose_neither()
    {
        await Task.WhenAll(Enumerable.Range(1, 20).Select(port => Task.Run(() => Store.RememberAsync("vc.example.org", port, Thumbprint, Token), Token)));

        Assert.All(Enumerable.Range(1, 20), port => Assert.Equal(Thumbprint, Store.Find("vc.example.org", port)));
    }

    [Fact]
    public async Task A_list_that_cannot_be_used_is_an_error_that_names_it()
    {
        Directory.CreateDirectory(Store.Path);

        var error = await Assert.ThrowsAsync<VicException>(() => Store.RememberAsync("vc.example.org", 443, Thumbprint, Token));

        Assert.Equal("KnownServersUnusable", error.ErrorId);
        Assert.Contains(Store.Path, error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
