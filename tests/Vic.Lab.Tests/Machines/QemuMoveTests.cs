using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Vic.Guest.Sessions.Vspc;
using Vic.Lab.Machines;
using Vic.Lab.Tests.Machines.Guests;

namespace Vic.Lab.Tests.Machines;

/// <summary>What real guests notice of snapshots, of being suspended, and of vMotion: nothing.</summary>
public sealed class QemuMoveTests
{
    private const long Gigabyte = 1024 * 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_running_guest_writes_to_the_child_of_its_disk_from_a_snapshot_on_and_goes_on_after_being_suspended()
    {
        await using var platform = await TestPlatform.StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(platform.Folder, "datastores", "datastore1", "disks")).FullName;
        var (disk, child) = (Path.Combine(folder, "disk.vmdk"), Path.Combine(folder, "disk-000001.vmdk"));
        await platform.Platform.Disks.CreateAsync(disk, new VirtualDiskOptions { CapacityBytes = Gigabyte }, Cancellation);
        var machine = await platform.CreateAsync("vm-1", configuration => configuration with
        {
            Disks = [new MachineDisk(2000, 0, 0, disk, ReadOnly: false)],
        });
        await machine.Machine.PowerOnAsync(Cancellation);
        await machine.RunAsync("until [ -e /dev/sda ]; do sleep 0.1; done; echo before | dd of=/dev/sda bs=4096 conv=fsync 2>/dev/null");

        await platform.Platform.Disks.CreateChildAsync(child, disk, null, Cancellation);
        await machine.ReconfigureAsync(configuration => configuration with { Disks = [configuration.Disks[0] with { Path = child }] });
        await machine.RunAsync("echo after | dd of=/dev/sda bs=4096 seek=256 conv=fsync 2>/dev/null");
        await machine.Machine.SuspendAsync(Cancellation);
        await machine.Machine.PowerOnAsync(Cancellation);
        Assert.Equal(
            "before after",
            await machine.RunAsync("echo $(head -n 1 /dev/sda) $(dd if=/dev/sda bs=4096 skip=256 count=1 2>/dev/null | head -n 1)"));
        await Assert.ThrowsAnyAsync<IOException>(() => platform.Platform.Disks.DeleteAsync(disk, Cancellation));
        await machine.ReconfigureAsync(configuration => configuration with { Disks = [] });
        Assert.Equal("gone", await machine.RunAsync("while [ -e /sys/block/sda ]; do sleep 0.1; done; echo gone"));

        // The parent is what it was at the snapshot; merged, it is what the guest wrote.
        await machine.ReconfigureAsync(configuration => configuration with { Disks = [new MachineDisk(2000, 0, 0, disk, ReadOnly: true)] });
        Assert.Equal(
            "before",
            await machine.RunAsync(
                "until [ -e /dev/sda ]; do sleep 0.1; done; echo $(head -n 1 /dev/sda) $(dd if=/dev/sda bs=4096 skip=256 count=1 2>/dev/null | tr -d '\\0')"));
        await machine.ReconfigureAsync(configuration => configuration with { Disks = [] });
        await platform.Platform.Disks.MergeAsync(child, Cancellation);
        await machine.ReconfigureAsync(configuration => configuration with { Disks = [new MachineDisk(2000, 0, 0, disk, ReadOnly: true)] });
        Assert.Equal(
            "after",
            await machine.RunAsync("until [ -e /dev/sda ]; do sleep 0.1; done; dd if=/dev/sda bs=4096 skip=256 count=1 2>/dev/null | head -n 1"));
    }

    [Fact]
    public async Task A_guest_talks_on_over_its_serial_port_while_vMotion_moves_it()
    {
        const int lines = 20_000;
        const int moves = 12;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var offered = new TaskCompletionSource<Stream>(TaskCreationOptions.RunContinuationsAsynchronously);
        var accepting = new VspcServer((_, port) => offered.TrySetResult(port)).AcceptAsync(listener, ending.Token);
        await using (var platform = await TestPlatform.StartAsync())
        {
            var machine = await platform.CreateAsync("vm-1", configuration => configuration with
            {
                SerialPorts =
                [
                    new MachineSerialPort(
                        9000, new SerialPortBacking.Network(true, "tcp://127.0.0.1:2379", $"telnet://{listener.LocalEndpoint}"), Connected: true),
                    .. configuration.SerialPorts.Skip(1),
                ],
            });
            await machine.Machine.PowerOnAsync(Cancellation);
            await using var port = await offered.Task.WaitAsync(Cancellation);
            using var reader = new StreamReader(port);

            // The guest repeats a word, and then counts.
            await machine.RunAsync(
                "exec 4<>/dev/ttyS0; stty raw -echo <&4; (read word <&4; echo $word >&4; seq 1 20000 >&4) >/dev/null 2>&1 </dev/null &");
            await port.WriteAsync("go\n"u8.ToArray(), Cancellation);
            Assert.Equal("go", await reader.ReadLineAsync(Cancellation));
            for (var line = 1; line <= lines; line++)
            {
                if (line % (lines / moves) == 0)
                {
                    await machine.Machine.MigrateAsync(() => Task.CompletedTask, Cancellation);
                }

                Assert.Equal(line.ToString(CultureInfo.InvariantCulture), await reader.ReadLineAsync(Cancellation));
            }
        }

        await ending.CancelAsync();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }
}
