using System.Net.Sockets;
using Vic.Guest.Storage;
using Vic.Testing.Files;

namespace Vic.Guest.Tests.Storage;

/// <summary>Disks that come and go while a machine runs.</summary>
public sealed class BlockDevicesTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    /// <summary>A socket's file answers open with ENXIO, as the node of a disk does that the kernel has not finished.</summary>
    [Fact]
    public async Task A_disk_is_there_when_it_can_be_opened_and_not_before()
    {
        var device = _folder["sda"];
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(device));
        var looks = 0;

        var found = await BlockDevices.WaitAsync(
            () =>
            {
                if (++looks == 3)
                {
                    File.Delete(device);
                    File.WriteAllText(device, "a disk");
                }

                return device;
            },
            "in a test",
            Limit,
            Cancellation);

        Assert.Equal((device, 3), (found, looks));
    }

    [Fact]
    public async Task A_disk_is_gone_when_the_kernel_lists_it_no_more()
    {
        var entry = Directory.CreateDirectory(_folder["class/scsi_disk/2:0:3:0/device/block/sdb"]).FullName;
        var devices = new BlockDevices(_folder.Path, "/dev");
        Assert.Equal("/dev/sdb", devices.FindByScsiUnit(3));
        Assert.False(await devices.WaitUntilGoneAsync(3, TimeSpan.Zero, Cancellation));

        var waiting = devices.WaitUntilGoneAsync(3, Limit, Cancellation);
        Directory.Delete(entry);

        Assert.True(await waiting);
        Assert.True(await devices.WaitUntilGoneAsync(4, TimeSpan.Zero, Cancellation));
    }
}
