using System.Diagnostics;
using System.Globalization;
using Vic.Lab.Machines;

namespace Vic.Lab.Disks;

/// <summary>The data files of virtual disks: qcow2 images, made and changed by qemu-img.</summary>
internal static class QemuImage
{
    /// <summary>Makes an empty image.</summary>
    public static Task CreateAsync(string path, long capacityBytes, CancellationToken cancellationToken) =>
        RunAsync(["create", "-q", "-f", "qcow2", path, Number(capacityBytes)], null, cancellationToken);

    /// <summary>Makes a copy-on-write image over another one, which is not opened: it may be in use. The backing path is written as given.</summary>
    public static Task CreateChildAsync(string path, string backingPath, long capacityBytes, CancellationToken cancellationToken) =>
        RunAsync(["create", "-q", "-u", "-f", "qcow2", "-F", "qcow2", "-b", backingPath, path, Number(capacityBytes)], null, cancellationToken);

    /// <summary>Copies what a guest would read of an image, with all its backing files, into a new image.</summary>
    public static Task FlattenAsync(string source, string destination, IProgress<int>? progress, CancellationToken cancellationToken) =>
        RunAsync(["convert", "-p", "-f", "qcow2", "-O", "qcow2", source, destination], progress, cancellationToken);

    /// <summary>Writes what an image holds into its backing file, which grows to the image's size.</summary>
    public static Task CommitAsync(string path, CancellationToken cancellationToken) =>
        RunAsync(["commit", "-q", "-d", "-f", "qcow2", path], null, cancellationToken);

    /// <summary>Enlarges an image.</summary>
    public static Task ResizeAsync(string path, long capacityBytes, CancellationToken cancellationToken) =>
        RunAsync(["resize", "-q", "-f", "qcow2", path, Number(capacityBytes)], null, cancellationToken);

    /// <summary>Cuts off the end of an image.</summary>
    public static Task ShrinkAsync(string path, long capacityBytes) =>
        RunAsync(["resize", "-q", "--shrink", "-f", "qcow2", path, Number(capacityBytes)], null, CancellationToken.None);

    /// <summary>Rewrites the path of the backing file, whose content is the same as before.</summary>
    public static Task SetBackingPathAsync(string path, string backingPath, CancellationToken cancellationToken) =>
        RunAsync(["rebase", "-q", "-u", "-f", "qcow2", "-F", "qcow2", "-b", backingPath, path], null, cancellationToken);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static async Task RunAsync(string[] arguments, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("qemu-img", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new MachineException("qemu-img cannot be started.");
        await using var stop = cancellationToken.Register(static state => Kill((Process)state!), process);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await ReadProgressAsync(process.StandardOutput, progress).ConfigureAwait(false);
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        var complaint = (await error.ConfigureAwait(false)).Trim();
        cancellationToken.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
        {
            throw complaint.Contains("No space left", StringComparison.OrdinalIgnoreCase)
                ? new DatastoreFullException(arguments[^1], 0)
                : new MachineException($"qemu-img {arguments[0]} failed: {complaint}");
        }
    }

    /// <summary>Reads the lines of <c>-p</c>, such as <c>    (12.34/100%)</c>, which end in a carriage return.</summary>
    private static async Task ReadProgressAsync(StreamReader output, IProgress<int>? progress)
    {
        var buffer = new char[256];
        var last = -1;
        int count;
        while ((count = await output.ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            var text = buffer.AsSpan(0, count);
            var open = text.LastIndexOf('(');
            var number = open < 0 ? [] : text[(open + 1)..];
            var dot = number.IndexOf('.');
            if (dot > 0 && int.TryParse(number[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent > last)
            {
                last = percent;
                progress?.Report(Math.Min(percent, 100));
            }
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }
}
