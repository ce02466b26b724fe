using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;

namespace Vic.Guest.Storage;

/// <summary>Finds disks the way a configuration names them: by SCSI unit or by ext4 label.</summary>
public sealed class BlockDevices(string sysfs = "/sys", string devices = "/dev")
{
    private const int SuperblockOffset = 1024;
    private const int MagicOffset = 0x38;
    private const int LabelOffset = 0x78;
    private const int LabelLength = 16;
    private const ushort Ext4Magic = 0xEF53;

    /// <summary>The disk that is the given unit of the first SCSI controller, or null.</summary>
    /// <param name="unit">Unit number on the virtual controller, as vSphere counts it.</param>
    public string? FindByScsiUnit(int unit)
    {
        // Entries are named host:channel:target:lun. pvscsi shows unit n as target n.
        var folder = Path.Combine(sysfs, "class/scsi_disk");
        if (!Directory.Exists(folder))
            return null;
        var address = Directory.EnumerateFileSystemEntries(folder)
            .Select(entry => Path.GetFileName(entry).Split(':'))
            .Where(parts => parts.Length == 4 && parts[1] == "0" && parts[3] == "0")
            .OrderBy(parts => parts[0].Length).ThenBy(parts => parts[0], StringComparer.Ordinal)
            .FirstOrDefault(parts => parts[2] == unit.ToString());
        if (address is null)
            return null;
        var block = Path.Combine(folder, string.Join(':', address), "device/block");
        return Directory.Exists(block)
            ? Directory.EnumerateFileSystemEntries(block).Select(entry => Path.Combine(devices, Path.GetFileName(entry))).FirstOrDefault()
            : null;
    }

    /// <summary>The disk whose ext4 file system has that label, or null.</summary>
    public string? FindByLabel(string label) =>
        Directory.EnumerateFileSystemEntries(Path.Combine(sysfs, "block"))
            .Select(entry => Path.GetFileName(entry))
            .Where(name => name.StartsWith("sd", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Path.Combine(devices, name))
            .FirstOrDefault(device => ReadExt4Label(device) == label);

    /// <summary>The label of the ext4 file system on a device or in a file; null when there is none.</summary>
    public static string? ReadExt4Label(string device)
    {
        Span<byte> superblock = stackalloc byte[1024];
        try
        {
            using var file = File.OpenHandle(device);
            if (RandomAccess.Read(file, superblock, SuperblockOffset) != superblock.Length)
                return null;
        }
        catch (IOException)
        {
            return null;
        }
        if (BinaryPrimitives.ReadUInt16LittleEndian(superblock[MagicOffset..]) != Ext4Magic)
            return null;
        var label = superblock.Slice(LabelOffset, LabelLength);
        var end = label.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? label : label[..end]);
    }

    /// <summary>Waits for a disk that can be used: drivers probe in the background.</summary>
    /// <exception cref="TimeoutException">No such disk came in time.</exception>
    public static async Task<string> WaitAsync(Func<string?> find, string description, TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (find() is { } device && CanBeOpened(device))
                return device;
            if (Stopwatch.GetElapsedTime(started) > limit)
                throw new TimeoutException($"There is no disk {description} after {limit.TotalSeconds:F0} seconds.");
            await Task.Delay(10, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until the kernel has let go of the disk at a unit; true when it has.</summary>
    /// <param name="unit">Unit number on the virtual controller, as vSphere counts it.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<bool> WaitUntilGoneAsync(int unit, TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (FindByScsiUnit(unit) is not null)
        {
            if (Stopwatch.GetElapsedTime(started) > limit)
                return false;
            await Task.Delay(10, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    // The node in /dev is there a moment before the disk behind it, and a moment longer than one that is taken away: opening it fails with ENXIO.
    private static bool CanBeOpened(string device)
    {
        try
        {
            using var file = File.OpenHandle(device);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
