using System.Runtime.Versioning;
using Vic.Engine.Certificates;
using Vic.Testing.Files;

namespace Vic.Engine.Tests.Certificates;

[UnsupportedOSPlatform("windows")]
public sealed class CertificateFolderTests
{
    private static readonly CertificateSet Certificates = CertificateSet.Create(
        new CertificateIssuer(new KeyRecipe(KeyAlgorithm.Ecdsa, 256), ["vch1"], DateTimeOffset.UtcNow),
        TlsMode.Mutual,
        [SubjectName.TryParse("vch1")!.Value]);

    [Fact]
    public void Everything_written_is_for_the_owner_alone()
    {
        using var parent = new TemporaryFolder();
        var folder = new CertificateFolder(Path.Combine(parent.Path, "vch1"));
        folder.Write(Certificates);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Path));
        Assert.Equal(
            ["ca-key.pem", "ca.pem", "cert.pem", "cert.pfx", "key.pem", "server-cert.pem", "server-key.pem"],
            Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(Directory.GetFiles(folder.Path), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void What_was_written_is_read_back()
    {
        using var parent = new TemporaryFolder();
        new CertificateFolder(parent.Path).Write(Certificates);

        var read = new CertificateFolder(parent.Path).Read();

        Assert.Equal(Certificates.ServerKey, read?.ServerKey);
        Assert.Equal(Certificates.Client, read?.Client);
    }

    [Fact]
    public void A_file_of_another_VCH_is_never_overwritten()
    {
        using var parent = new TemporaryFolder();
        File.WriteAllText(Path.Combine(parent.Path, "server-cert.pem"), "someone else's");

        var error = Assert.Throws<VicException>(() => new CertificateFolder(parent.Path).Write(Certificates));

        Assert.Equal("CertificatesNotWritable", error.ErrorId);
        Assert.Equal("someone else's", File.ReadAllText(Path.Combine(parent.Path, "server-cert.pem")));
    }

    [Fact]
    public void Undo_leaves_what_was_there_before()
    {
        using var parent = new TemporaryFolder();
        File.WriteAllText(Path.Combine(parent.Path, "notes.txt"), "mine");
        var mine = new CertificateFolder(parent.Path);
        var made = new CertificateFolder(Path.Combine(parent.Path, "vch1"));
        mine.Write(Certificates);
        made.Write(Certificates);

        mine.Undo();
        made.Undo();

        Assert.Equal(["notes.txt"], Directory.GetFileSystemEntries(parent.Path).Select(Path.GetFileName));
    }
}
