using Vic.Oci.Layers;
using Vic.Testing.Files;
using Vic.Testing.Images;
using Vic.Testing.Processes;

namespace Vic.Oci.Tests.Layers;

public sealed class HostileLayerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _root;

    public HostileLayerTests()
    {
        _root = Directory.CreateDirectory(_folder["a/b/root"]).FullName;
        File.WriteAllText(_folder["secret"], "untouched");
        File.WriteAllText(_folder["a/b/secret"], "untouched");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_path_that_climbs_out_is_refused()
    {
        await RefusedAsync(new LayerContent().File("../secret", "gone"), "'../secret' climbs out of the layer's root");
        await RefusedAsync(new LayerContent().Directory("x").File("x/../../secret", "gone"), "climbs out");
        await RefusedAsync(new LayerContent().Whiteout("../secret"), "climbs out");
        await RefusedAsync(new LayerContent().SymbolicLink("../link", "x"), "climbs out");
    }

    [Fact]
    public async Task A_hard_link_to_something_outside_is_refused()
    {
        await RefusedAsync(new LayerContent().HardLink("stolen", "../../secret"), "climbs out");
        await RefusedAsync(new LayerContent().HardLink("stolen", _folder["secret"]), "not in the image");
        await RefusedAsync(new LayerContent().SymbolicLink("up", "../..").HardLink("stolen", "up/secret"), "no such file");
    }

    [Fact]
    public async Task Links_lead_where_they_would_lead_inside_a_container()
    {
        await ApplyAsync(new LayerContent()
            .Directory("etc").SymbolicLink("absolute", "/etc").File("absolute/file", "inside")
            .SymbolicLink("climbing", "../../../../etc").File("climbing/second", "inside"));

        Assert.Equal("inside", await File.ReadAllTextAsync(Path.Combine(_root, "etc/file"), Cancellation));
        Assert.Equal("inside", await File.ReadAllTextAsync(Path.Combine(_root, "etc/second"), Cancellation));
    }

    [Fact]
    public async Task A_file_never_goes_through_a_link_of_its_own_name()
    {
        File.CreateSymbolicLink(Path.Combine(_root, "link"), _folder["secret"]);

        await ApplyAsync(new LayerContent().File("link", "a file now", 0b111_111_111));

        Assert.Null(new FileInfo(Path.Combine(_root, "link")).LinkTarget);
        Assert.Equal("a file now", await File.ReadAllTextAsync(Path.Combine(_root, "link"), Cancellation));
    }

    [Fact]
    public async Task Whiteouts_never_remove_what_a_link_leads_to()
    {
        File.CreateSymbolicLink(Path.Combine(_root, "link"), _folder["a/b"]);
        Directory.CreateDirectory(Path.Combine(_root, "dir"));
        File.CreateSymbolicLink(Path.Combine(_root, "dir/up"), _folder["a/b"]);

        await ApplyAsync(new LayerContent().Whiteout("link").Directory("dir").Opaque("dir"));

        Assert.False(Path.Exists(Path.Combine(_root, "link")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_root, "dir")));
        Assert.Equal("untouched", await File.ReadAllTextAsync(_folder["a/b/secret"], Cancellation));
    }

    [Theory]
    [InlineData(".wh.")]
    [InlineData(".wh..")]
    [InlineData(".wh...")]
    public async Task A_whiteout_of_nothing_is_refused(string name) => await RefusedAsync(new LayerContent().File(name, []), "names no file");

    [Fact]
    public async Task A_bottomless_path_is_refused() =>
        await RefusedAsync(new LayerContent().File(string.Join('/', Enumerable.Repeat("a", 400)), ""), "more than 256 directories");

    [Fact]
    public async Task A_link_that_leads_to_itself_is_refused() =>
        await RefusedAsync(new LayerContent().SymbolicLink("loop", "loop").File("loop/file", ""), "symbolic links");

    [Fact]
    public async Task A_damaged_archive_ends_with_a_typed_error_and_never_leaves_the_root()
    {
        var archive = SampleImages.SpecialLayers()[1];
        var random = new Random(7);
        for (var round = 0; round < 400; round++)
        {
            var damaged = archive.ToArray();
            for (var i = random.Next(1, 8); i > 0; i--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            var root = Directory.CreateDirectory(_folder["a/b/round"]).FullName;
            try
            {
                await LayerApplier.ApplyAsync(
                    new MemoryStream(damaged, 0, random.Next(damaged.Length)), root, new LayerLimits { UncompressedSize = 1 << 20 }, Cancellation);
            }
            catch (LayerException)
            {
                // Any other error fails the test.
            }

            // .NET cannot remove names that are not UTF-8.
            (await new Command("rm", "-rf", root).RunAsync(Cancellation)).EnsureSuccess();
        }

        Assert.Equal("untouched", await File.ReadAllTextAsync(_folder["secret"], Cancellation));
        Assert.Equal(["root", "secret"], Directory.EnumerateFileSystemEntries(_folder["a/b"]).Select(Path.GetFileName).Order());
    }

    private async Task ApplyAsync(LayerContent content) =>
        await LayerApplier.ApplyAsync(new MemoryStream(content.ToArchive()), _root, new LayerLimits(), Cancellation);

    private async Task RefusedAsync(LayerContent content, string message)
    {
        var error = await Assert.ThrowsAsync<LayerException>(() => ApplyAsync(content));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal("untouched", await File.ReadAllTextAsync(_folder["secret"], Cancellation));
        Assert.Equal("untouched", await File.ReadAllTextAsync(_folder["a/b/secret"], Cancellation));
    }
}
