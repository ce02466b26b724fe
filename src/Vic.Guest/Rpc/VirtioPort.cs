using System.Diagnostics;
using Vic.Guest.Linux;
using Vic.Guest.Streams;

namespace Vic.Guest.Rpc;

/// <summary>A named virtio serial port.</summary>
public static class VirtioPort
{
    /// <summary>The port on which the host speaks guest RPC where there is no VMware.</summary>
    public const string GuestRpcName = "vic.guestrpc.0";

    /// <summary>Opens the port with that name; null when the machine has none within the limit.</summary>
    public static async Task<DescriptorStream?> OpenAsync(string name, TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            // The name comes in a control message some time after the driver found the device.
            if (Find(name) is { } device)
                return new DescriptorStream(FileDescriptor.Open(device, OpenFlags.ReadWrite | OpenFlags.NonBlocking));
            if (Stopwatch.GetElapsedTime(started) > limit)
                return null;
            await Task.Delay(5, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string? Find(string name)
    {
        const string Ports = "/sys/class/virtio-ports";
        if (!Directory.Exists(Ports))
            return null;
        foreach (var port in Directory.EnumerateFileSystemEntries(Ports))
        {
            var file = Path.Combine(port, "name");
            var device = Path.Combine("/dev", Path.GetFileName(port));
            if (File.Exists(file) && File.ReadAllText(file).Trim() == name && File.Exists(device))
                return device;
        }
        return null;
    }
}
