using System.Text;

namespace Vic.Build.Images;

/// <summary>
/// A cpio archive in the "newc" format (kernel documentation, driver-api/early-userspace/buffer-format), made from a list:
/// root owns everything, times are zero and entries are sorted, so equal content gives equal bytes.
/// </summary>
internal sealed class Initramfs
{
    private const int Directory = 0x4000 | 0x1ED;
    private const int Program = 0x8000 | 0x1ED;
    private const int Data = 0x8000 | 0x1A4;
    private const int Link = 0xA000 | 0x1FF;
    private const int CharacterDevice = 0x2000 | 0x180;

    private readonly SortedDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public void AddDirectory(string path)
    {
        AddParents(path);
        _entries[path] = new Entry(Directory, [], 0, 0);
    }

    public void AddFile(string path, byte[] content, bool executable = false)
    {
        AddParents(path);
        _entries[path] = new Entry(executable ? Program : Data, content, 0, 0);
    }

    public void AddLink(string path, string target)
    {
        AddParents(path);
        _entries[path] = new Entry(Link, Encoding.UTF8.GetBytes(target), 0, 0);
    }

    /// <summary>The kernel opens /dev/console for PID 1 before anything could mount a devtmpfs; without a console, PID 1 opens /dev/null.</summary>
    public void AddFirstDevices()
    {
        AddParents("dev/console");
        _entries["dev/console"] = new Entry(CharacterDevice, [], 5, 1);
        _entries["dev/null"] = new Entry(CharacterDevice, [], 1, 3);
    }

    public byte[] ToArray()
    {
        using var archive = new MemoryStream();
        var inode = 1;
        foreach (var (path, entry) in _entries)
            Write(archive, inode++, path, entry);
        Write(archive, 0, "TRAILER!!!", new Entry(0, [], 0, 0));
        return archive.ToArray();
    }

    private void AddParents(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            _entries.TryAdd(path[..slash], new Entry(Directory, [], 0, 0));
    }

    private static void Write(MemoryStream archive, int inode, string path, Entry entry)
    {
        var links = (entry.Mode & 0xF000) == 0x4000 ? 2 : 1;
        int[] fields =
        [
            inode, entry.Mode, 0, 0, links, 0, entry.Content.Length, 0, 0, entry.Major, entry.Minor, Encoding.UTF8.GetByteCount(path) + 1, 0,
        ];
        archive.Write(Encoding.ASCII.GetBytes("070701" + string.Concat(fields.Select(field => field.ToString("x8")))));
        archive.Write(Encoding.UTF8.GetBytes(path + '\0'));
        Pad(archive);
        archive.Write(entry.Content);
        Pad(archive);
    }

    private static void Pad(MemoryStream archive)
    {
        while (archive.Length % 4 != 0)
            archive.WriteByte(0);
    }

    private sealed record Entry(int Mode, byte[] Content, int Major, int Minor);
}
