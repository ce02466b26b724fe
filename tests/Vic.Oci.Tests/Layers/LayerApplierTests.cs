using Vic.Oci.Layers;
using Vic.Oci.References;
using Vic.Testing.Files;
using Vic.Testing.Images;
using Vic.Testing.Processes;

namespace Vic.Oci.Tests.Layers;

public sealed class LayerApplierTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(LayerCompression.None)]
    [InlineData(LayerCompression.Gzip)]
    [InlineData(LayerCompression.Zstd)]
    public async Task An_image_looks_as_it_does_under_umoci(LayerCompression compression)
    {
        var layers = SampleImages.SpecialLayers();
        var peer = compression == LayerCompression.Zstd ? LayerCompression.Gzip : compression;
        TestImage.Build(layers, ImageFormat.Oci, peer).WriteLayout(_folder["layout"], "test");
        (await new Command("umoci", "unpack", "--keep-dirlinks", "--image", _folder["layout"] + ":test", _folder["bundle"]).RunAsync(Cancellation)).EnsureSuccess();

        await UnpackAsync(layers, compression);

        Assert.Equal(await TreeListing.OfAsync(_folder["bundle/rootfs"], Cancellation), await TreeListing.OfAsync(_folder["tree"], Cancellation));
    }

    [Theory]
    [InlineData("--format=gnu")]
    [InlineData("--format=posix")]
    [InlineData("--format=ustar")]
    [InlineData("--format=v7")]
    public async Task An_archive_of_GNU_tar_unpacks_as_GNU_tar_does(string format)
    {
        var source = await CreateSourceAsync(withLongNames: format is "--format=gnu" or "--format=posix");
        var attributes = format == "--format=posix" ? "--xattrs" : "--no-xattrs";
        (await new Command("tar", [format, attributes, "-C", source, "-cf", _folder["a.tar"], .. format == "--format=v7" ? ["--exclude=pipe", "--exclude=null", "--exclude=disk"] : Array.Empty<string>(), "."]).RunAsync(Cancellation)).EnsureSuccess();
        var expected = Directory.CreateDirectory(_folder["expected"]).FullName;
        (await new Command("tar", "--xattrs", "--xattrs-include=*", "-C", expected, "-xpf", _folder["a.tar"]).RunAsync(Cancellation)).EnsureSuccess();

        await UnpackAsync([await File.ReadAllBytesAsync(_folder["a.tar"], Cancellation)], LayerCompression.Gzip);

        Assert.Equal(await TreeListing.OfAsync(expected, Cancellation, withTimes: true), await TreeListing.OfAsync(_folder["tree"], Cancellation, withTimes: true));
    }

    [Theory]
    [InlineData("--format=gnu", "")]
    [InlineData("--format=posix", "--sparse-version=0.0")]
    [InlineData("--format=posix", "--sparse-version=0.1")]
    [InlineData("--format=posix", "--sparse-version=1.0")]
    public async Task Sparse_files_keep_their_content_and_their_holes(string format, string version)
    {
        var source = Directory.CreateDirectory(_folder["source"]).FullName;
        using (var file = File.OpenHandle(Path.Combine(source, "sparse"), FileMode.CreateNew, FileAccess.Write))
        {
            for (var i = 1; i < 60; i++)
            {
                RandomAccess.Write(file, new byte[] { (byte)i, 2, 3 }, i * 200_000L);
            }

            RandomAccess.SetLength(file, 100_000_000);
        }

        string[] arguments = ["-S", format, .. version == "" ? Array.Empty<string>() : [version], "-C", source, "-cf", _folder["a.tar"], "sparse"];
        (await new Command("tar", arguments).RunAsync(Cancellation)).EnsureSuccess();

        await UnpackAsync([await File.ReadAllBytesAsync(_folder["a.tar"], Cancellation)], LayerCompression.None);

        Assert.Equal(await TreeListing.OfAsync(source, Cancellation, withTimes: true), await TreeListing.OfAsync(_folder["tree"], Cancellation, withTimes: true));
        var used = (await new Command("du", "-k", _folder["tree/sparse"]).RunAsync(Cancellation)).EnsureSuccess().Output.Split('\t')[0];
        Assert.InRange(int.Parse(used, System.Globalization.CultureInfo.InvariantCulture), 1, 2000);
    }

    [Fact]
    public async Task The_size_of_a_layer_is_the_sum_of_its_files()
    {
        var archive = new LayerContent().File("a", new byte[1000]).Directory("d").File("d/b", new byte[234]).HardLink("c", "a").ToArchive();

        Assert.Equal(1234, Assert.Single(await UnpackAsync([archive], LayerCompression.Gzip)));
    }

    [Fact]
    public async Task A_layer_that_is_not_what_its_digest_says_is_refused()
    {
        var archive = new LayerContent().File("a", "a").ToArchive();
        var tree = Directory.CreateDirectory(_folder["tree"]).FullName;

        var error = await Assert.ThrowsAsync<LayerException>(() => LayerUnpacker.UnpackAsync(
            new MemoryStream(archive), Digest.Of([1]), tree, new LayerLimits(), Cancellation));

        Assert.Equal(LayerErrorKind.DigestMismatch, error.Kind);
    }

    [Fact]
    public async Task Compression_that_expands_without_end_is_stopped()
    {
        var bomb = TestImage.Compress(new LayerContent().File("zeros", new byte[64 << 20]).ToArchive(), LayerCompression.Gzip);
        var tree = Directory.CreateDirectory(_folder["tree"]).FullName;

        var error = await Assert.ThrowsAsync<LayerException>(() => LayerUnpacker.UnpackAsync(
            new MemoryStream(bomb), Digest.Of([1]), tree, new LayerLimits { UncompressedSize = 1 << 20 }, Cancellation));

        Assert.Equal(LayerErrorKind.TooLarge, error.Kind);
    }

    private async Task<List<long>> UnpackAsync(IReadOnlyList<byte[]> archives, LayerCompression compression)
    {
        var tree = Directory.CreateDirectory(_folder["tree"]).FullName;
        var sizes = new List<long>();
        foreach (var archive in archives)
        {
            using var compressed = new MemoryStream(TestImage.Compress(archive, compression));
            sizes.Add(await LayerUnpacker.UnpackAsync(compressed, Digest.Of(archive), tree, new LayerLimits(), Cancellation));
        }

        return sizes;
    }

    private async Task<string> CreateSourceAsync(bool withLongNames)
    {
        const string script = """
            set -e
            mkdir -p dir/sub; echo one > dir/one; ln dir/one dir/two; ln -s ../dir/one dir/sub/link; ln -s /etc/passwd absolute
            chown 1234:5678 dir/one; chmod 6755 dir/one; mkfifo pipe; mknod null c 1 3; mknod disk b 7 300
            head -c 300000 /dev/urandom > large; touch -d '1999-12-31 23:59:58' large; touch -d '2001-01-01' dir/sub
            """;
        var source = Directory.CreateDirectory(_folder["source"]).FullName;
        (await new Command("sh", "-c", script) { WorkingDirectory = source }.RunAsync(Cancellation)).EnsureSuccess();
        if (withLongNames)
        {
            var deep = Directory.CreateDirectory(Path.Combine(source, new string('d', 150), new string('e', 150))).FullName;
            await File.WriteAllTextAsync(Path.Combine(deep, new string('f', 120)), "long", Cancellation);
            File.CreateSymbolicLink(Path.Combine(source, "long-link"), new string('t', 180));
        }

        (await new Command("/usr/bin/python3", "-c", "import os,sys; os.setxattr(sys.argv[1], 'user.note', b'bytes\\xff\\x00\\n=')", Path.Combine(source, "large"))
            .RunAsync(Cancellation)).EnsureSuccess();
        return source;
    }
}
