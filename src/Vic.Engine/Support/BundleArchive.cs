using System.IO.Compression;
using System.Text;
using Vic.Engine.Certificates;

namespace Vic.Engine.Support;

/// <summary>A zip file that is made in memory and then is there whole or not at all.</summary>
internal sealed class BundleArchive(long limit) : IDisposable
{
    private readonly MemoryStream _content = new();
    private readonly List<(string Name, byte[] Content)> _entries = [];
    private long _length;

    /// <summary>How many bytes there still is room for.</summary>
    public long Room => Math.Max(0, limit - _length);

    /// <summary>Adds a text; of one that there is no room for, its end.</summary>
    public void Add(string name, string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        if (content.Length > Room)
        {
            content = content.Skip(content.Length - (int)Room).ToArray();
        }

        _length += content.Length;
        _entries.Add((name, content));
    }

    /// <summary>Writes the file, readable by its owner alone.</summary>
    /// <exception cref="VicException">It cannot be written.</exception>
    public void Save(string path)
    {
        using (var zip = new ZipArchive(_content, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in _entries)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
                entry.Write(content, 0, content.Length);
            }
        }

        var partial = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            OwnerOnlyAccess.CreateDirectory(Path.GetDirectoryName(path)!);
            OwnerOnlyAccess.WriteNewFile(partial, _content.ToArray());
            File.Move(partial, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            File.Delete(partial);
            throw new VicException("BundleNotWritable", VicErrorKind.Denied, $"'{path}' cannot be written: {exception.Message}", exception)
            {
                RecommendedAction = "Pass another folder with -Destination.",
                Target = path,
            };
        }
    }

    public void Dispose() => _content.Dispose();
}
