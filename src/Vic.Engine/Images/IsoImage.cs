using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Vic.Engine.Images;

/// <summary>An ISO file of the product, and the version that its volume descriptor names.</summary>
public sealed class IsoImage
{
    private const int SectorSize = 2048;
    private const int FirstDescriptor = 16;
    private const int MaximumDescriptors = 64;
    private const byte PrimaryDescriptor = 1;
    private const byte DescriptorTerminator = 255;
    private const int PublisherOffset = 318;
    private const int PublisherLength = 128;
    private const string VicMachinePublisher = "VMware";

    private IsoImage(string path, long length, string publisher)
    {
        Path = path;
        Length = length;
        Publisher = publisher;
    }

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>The size of the file in bytes.</summary>
    public long Length { get; }

    /// <summary>The publisher field of the primary volume descriptor (ECMA-119, 8.4.20), trimmed.</summary>
    public string Publisher { get; }

    /// <summary>Whether it is one of vic-machine (vmware/vic, isos: the publisher is <c>VMware Inc. version</c>); no endpoint of this product is on it.</summary>
    public bool IsOfVicMachine => Publisher.StartsWith(VicMachinePublisher, StringComparison.OrdinalIgnoreCase);

    /// <summary>The last word of the publisher field: the version of the release that built the ISO.</summary>
    public string Version => Publisher.Substring(Publisher.LastIndexOf(' ') + 1);

    /// <summary>Reads the volume descriptor of an ISO file.</summary>
    /// <exception cref="VicException">The file is not there, or is not an ISO 9660 image.</exception>
    public static IsoImage Open(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return new IsoImage(System.IO.Path.GetFullPath(path), file.Length, ReadPublisher(file, path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new VicException("IsoNotReadable", VicErrorKind.NotFound, $"The ISO file '{path}' cannot be read: {exception.Message}", exception)
            {
                Target = path,
            };
        }
    }

    /// <summary>True when the ISO was built by the given release; the commit does not matter.</summary>
    public bool IsOfRelease(string version) => ProductVersion.SameRelease(Version, version);

    /// <summary>The SHA-256 of the whole file, in hexadecimal.</summary>
    /// <exception cref="IOException">The file cannot be read any more.</exception>
    public string ComputeSha256()
    {
        using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read);
        using var algorithm = SHA256.Create();
        return string.Concat(algorithm.ComputeHash(file).Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));
    }

    private static string ReadPublisher(FileStream file, string path)
    {
        var sector = new byte[SectorSize];
        file.Position = FirstDescriptor * SectorSize;
        for (var index = 0; index < MaximumDescriptors && ReadSector(file, sector); index++)
        {
            if (Encoding.ASCII.GetString(sector, 1, 5) != "CD001" || sector[0] == DescriptorTerminator)
            {
                break;
            }

            if (sector[0] == PrimaryDescriptor)
            {
                return Encoding.ASCII.GetString(sector, PublisherOffset, PublisherLength).Trim(' ', '\0');
            }
        }

        throw new VicException("IsoNotValid", VicErrorKind.InvalidInput, $"'{path}' is not an ISO 9660 image.") { Target = path };
    }

    private static bool ReadSector(FileStream file, byte[] sector)
    {
        var read = 0;
        while (read < sector.Length)
        {
            var count = file.Read(sector, read, sector.Length - read);
            if (count == 0)
            {
                return false;
            }

            read += count;
        }

        return true;
    }
}
