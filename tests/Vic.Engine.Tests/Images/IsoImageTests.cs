using System.Diagnostics;
using Vic.Engine.Images;
using Vic.Testing.Files;

namespace Vic.Engine.Tests.Images;

public sealed class IsoImageTests
{
    [Fact]
    public void The_version_is_read_from_the_publisher_that_xorriso_wrote()
    {
        using var folder = new TemporaryFolder();
        var content = Directory.CreateDirectory(Path.Combine(folder.Path, "content"));
        File.WriteAllText(Path.Combine(content.FullName, "a"), "a");
        var path = Path.Combine(folder.Path, "x.iso");
        using (var process = Process.Start("xorriso", ["-report_about", "FATAL", "-as", "mkisofs", "-publisher", "VIC for PowerShell v0.1.0", "-o", path, content.FullName]))
        {
            process.WaitForExit();
        }

        var iso = IsoImage.Open(path);

        Assert.True(iso.IsOfRelease("v0.1.0-0-1a2b3c4"));
        Assert.False(iso.IsOfRelease("v0.2.0-0-1a2b3c4"));
        Assert.Equal(new FileInfo(path).Length, iso.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(40_000)]
    public void A_file_that_is_no_ISO_is_named_in_the_error(int length)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "x.iso");
        File.WriteAllBytes(path, new byte[length]);

        var error = Assert.Throws<VicException>(() => IsoImage.Open(path));

        Assert.Equal("IsoNotValid", error.ErrorId);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named_in_the_error()
    {
        var error = Assert.Throws<VicException>(() => IsoImage.Open("/nowhere/x.iso"));

        Assert.Equal("IsoNotReadable", error.ErrorId);
        Assert.Contains("/nowhere/x.iso", error.Message, StringComparison.Ordinal);
    }
}
