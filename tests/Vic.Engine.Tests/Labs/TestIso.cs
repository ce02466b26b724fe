using System.Text;

namespace Vic.Engine.Tests.Labs;

/// <summary>The smallest file that passes for an ISO image of a release: its volume descriptors, and no files (ECMA-119, 8.4).</summary>
internal static class TestIso
{
    private const int Sector = 2048;
    private const int Publisher = 318;

    public static string Write(string path, string version) => WriteOf(path, $"VIC for PowerShell {version}");

    /// <param name="path">The file.</param>
    /// <param name="publisher">The publisher field, which ends with the version.</param>
    public static string WriteOf(string path, string publisher)
    {
        var image = new byte[18 * Sector];
        Descriptor(image.AsSpan(16 * Sector, Sector), kind: 1);
        Encoding.ASCII.GetBytes(publisher.PadRight(128)).CopyTo(image, (16 * Sector) + Publisher);
        Descriptor(image.AsSpan(17 * Sector, Sector), kind: 255);
        File.WriteAllBytes(path, image);
        return path;
    }

    private static void Descriptor(Span<byte> sector, byte kind)
    {
        sector[0] = kind;
        "CD001\u0001"u8.CopyTo(sector[1..]);
    }
}
