using System.Formats.Tar;
using System.Text;

namespace Vic.Testing.Images;

/// <summary>Writes a layer's archive entry by entry, with .NET's own tar writer: another hand than the reader under test.</summary>
public sealed class LayerContent
{
    private static readonly DateTimeOffset Built = new(2024, 2, 29, 12, 30, 15, TimeSpan.Zero);

    private readonly List<TarEntry> _entries = [];

    public LayerContent File(
        string path, byte[] content, int mode = 0b110_100_100, int user = 0, int group = 0, IReadOnlyDictionary<string, string>? attributes = null)
    {
        var entry = Create(TarEntryType.RegularFile, path, mode, user, group, attributes);
        entry.DataStream = new MemoryStream(content);
        return Add(entry);
    }

    public LayerContent File(string path, string content, int mode = 0b110_100_100, int user = 0, int group = 0) =>
        File(path, Encoding.UTF8.GetBytes(content), mode, user, group);

    public LayerContent Directory(string path, int mode = 0b111_101_101, int user = 0, int group = 0, IReadOnlyDictionary<string, string>? attributes = null) =>
        Add(Create(TarEntryType.Directory, path + "/", mode, user, group, attributes));

    public LayerContent SymbolicLink(string path, string target) => Link(TarEntryType.SymbolicLink, path, target, 0b111_111_111);

    /// <summary>Another name of a file; docker's daemon gives the file this entry's mode.</summary>
    public LayerContent HardLink(string path, string target, int mode = 0b110_100_100) => Link(TarEntryType.HardLink, path, target, mode);

    public LayerContent CharacterDevice(string path, int major, int minor, int mode = 0b110_110_110)
    {
        var entry = Create(TarEntryType.CharacterDevice, path, mode, 0, 0, null);
        (entry.DeviceMajor, entry.DeviceMinor) = (major, minor);
        return Add(entry);
    }

    public LayerContent Fifo(string path) => Add(Create(TarEntryType.Fifo, path, 0b110_100_100, 0, 0, null));

    /// <summary>Hides a file of a lower layer.</summary>
    public LayerContent Whiteout(string path) =>
        File(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path) ?? "", ".wh." + System.IO.Path.GetFileName(path)), []);

    /// <summary>Hides everything that lower layers have in a directory.</summary>
    public LayerContent Opaque(string directory) => File(directory + "/.wh..wh..opq", []);

    public byte[] ToArchive()
    {
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var entry in _entries)
            {
                writer.WriteEntry(entry);
            }
        }

        return archive.ToArray();
    }

    private LayerContent Link(TarEntryType type, string path, string target, int mode)
    {
        var entry = Create(type, path, mode, 0, 0, null);
        entry.LinkName = target;
        return Add(entry);
    }

    private static PaxTarEntry Create(TarEntryType type, string path, int mode, int user, int group, IReadOnlyDictionary<string, string>? attributes) =>
        new(type, path, (attributes ?? new Dictionary<string, string>()).Select(pair => new KeyValuePair<string, string>("SCHILY.xattr." + pair.Key, pair.Value)))
        {
            Mode = (UnixFileMode)mode,
            Uid = user,
            Gid = group,
            ModificationTime = Built,
        };

    private LayerContent Add(TarEntry entry)
    {
        _entries.Add(entry);
        return this;
    }
}
