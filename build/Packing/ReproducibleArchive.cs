using System.IO.Compression;

namespace Vic.Build.Packing;

/// <summary>A zip whose bytes follow from its files alone: sorted by path, one date, one set of permissions.</summary>
internal static class ReproducibleArchive
{
    // The earliest date that the format knows; it says nothing, where the time of a build would.
    private static readonly DateTimeOffset Date = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // -rw-r--r--, where Unix tools look for it.
    private const int Permissions = 0x81A4 << 16;

    public static byte[] Write(IEnumerable<PackageFile> files)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in files.OrderBy(file => file.Path, StringComparer.Ordinal))
            {
                // What is compressed already only costs time.
                var level = file.Path.EndsWith(".iso", StringComparison.Ordinal) ? CompressionLevel.NoCompression : CompressionLevel.SmallestSize;
                var entry = archive.CreateEntry(file.Path, level);
                entry.LastWriteTime = Date;
                entry.ExternalAttributes = Permissions;
                using var stream = entry.Open();
                stream.Write(file.Content);
            }
        }

        return bytes.ToArray();
    }
}
