using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Vic.Lab.Machines;
using Vic.Lab.Tests.Machines.Guests;
using Vic.Testing.Networking;

namespace Vic.Lab.Tests.Machines;

/// <summary>Promises of the QEMU runtime, kept by real guests.</summary>
public sealed class QemuMachineTests
{
    private const long Gigabyte = 1024 * 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_guest_sees_the_devices_of_an_ESXi_machine_and_disks_come_and_go()
    {
        await using var platform = await TestPlatform.StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(platform.Folder, "datastores", "datastore1", "disks")).FullName;
        var (root, image, data) = (Path.Combine(folder, "root.vmdk"), Path.Combine(folder, "image.vmdk"), Path.Combine(folder, "data.vmdk"));
        await platform.Platform.Disks.CreateAsync(image, new VirtualDiskOptions { CapacityBytes = Gigabyte }, Cancellation);
        await platform.Platform.Disks.CreateChildAsync(root, image, null, Cancellation);
        await platform.Platform.Disks.CreateAsync(data, new VirtualDiskOptions { CapacityBytes = 2 * Gigabyte }, Cancellation);
        var machine = await platform.CreateAsync("vm-1", configuration => configuration with
        {
            DiskUuidVisible = true,
            Disks = [new MachineDisk(2000, 0, 0, root, ReadOnly: false)],
            NetworkAdapters = [TestPlatform.Adapter(0, TestPlatform.Routed, 1), TestPlatform.Adapter(1, TestPlatform.Isolated, 2)],
        });
        await machine.Machine.PowerOnAsync(Cancellation);

        Assert.Equal("0000:01:00 0000:02:00", await machine.RunAsync("echo $(cat /sys/bus/pci/slots/1184/address /sys/bus/pci/slots/1216/address)"));
        Assert.Equal("00:50:56:00:00:01", await machine.RunAsync("cat /sys/bus/pci/devices/0000:01:00.0/net/*/address"));
        Assert.Equal("4 3 5", await machine.RunAsync("echo $(cat /sys/class/tty/ttyS0/irq /sys/class/tty/ttyS1/irq /sys/class/tty/ttyS2/irq)"));
        Assert.Equal("0:0:0:0", await machine.RunAsync("ls /sys/bus/scsi/drivers/sd | grep :"));
        var uuid = platform.Platform.Disks.Inspect(root)!.Uuid.ToString("N");
        Assert.Contains(uuid, await machine.RunAsync("tr -cd 0-9a-f </sys/bus/scsi/devices/0:0:0:0/vpd_pg80"), StringComparison.Ordinal);

        await machine.RunAsync("echo first >/dev/ttyS2");
        await machine.ReconfigureAsync(configuration => configuration with
        {
            Disks = [.. configuration.Disks, new MachineDisk(2001, 0, 5, data, ReadOnly: false)],
        });
        var size = (2 * Gigabyte / 512).ToString(CultureInfo.InvariantCulture);
        Assert.Equal(size, await machine.RunAsync("until [ -e /sys/block/sdb/size ]; do sleep 0.1; done; cat /sys/block/sdb/size"));
        Assert.Equal("0:0:5:0", await machine.RunAsync("basename $(readlink /sys/block/sdb/device)"));
        await Assert.ThrowsAnyAsync<IOException>(() => platform.Platform.Disks.DeleteAsync(data, Cancellation));
        await machine.ReconfigureAsync(configuration => configuration with { Disks = [configuration.Disks[0]] });
        Assert.Equal("gone", await machine.RunAsync("while [ -e /sys/block/sdb ]; do sleep 0.1; done; echo gone"));
        await platform.Platform.Disks.DeleteAsync(data, Cancellation);
        await Assert.ThrowsAnyAsync<IOException>(() => platform.Platform.Disks.DeleteAsync(image, Cancellation));

        await machine.RunAsync("echo second >/dev/ttyS2; echo kept | dd of=/dev/sda conv=fsync 2>/dev/null");
        await machine.Machine.ShutdownGuestAsync(Cancellation);
        Assert.Null(await machine.Observer.PoweredOff.Task.WaitAsync(Cancellation));
        var output = await File.ReadAllTextAsync(Path.Combine(machine.Configuration.HomeDirectory, "output.log"), Cancellation);
        Assert.Equal(["first", "second"], output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

        machine.Observer.ExpectPowerOff();
        await machine.Machine.PowerOnAsync(Cancellation);
        Assert.Equal("kept", await machine.RunAsync("until [ -e /dev/sda ]; do sleep 0.1; done; head -n 1 /dev/sda"));
    }

    [Fact]
    public async Task Guests_reach_the_gateway_each_other_and_are_reached_through_a_published_port()
    {
        using var host = new TcpListener(IPAddress.Loopback, 0);
        host.Start();
        var hostPort = ((IPEndPoint)host.LocalEndpoint).Port;
        var publishedPort = FreePort.Next();
        await using var platform = await TestPlatform.StartAsync(RuntimeKind.Qemu, new PublishRule(publishedPort, 7001, null));
        var first = await platform.CreateAsync("vm-1", configuration => configuration with
        {
            NetworkAdapters = [TestPlatform.Adapter(0, TestPlatform.Routed, 1), TestPlatform.Adapter(1, TestPlatform.Isolated, 2)],
        });
        var second = await platform.CreateAsync("vm-2", configuration => configuration with
        {
            NetworkAdapters = [TestPlatform.Adapter(0, TestPlatform.Isolated, 3)],
        });
        await Task.WhenAll(first.Machine.PowerOnAsync(Cancellation), second.Machine.PowerOnAsync(Cancellation));

        // The bridge between the two guests.
        await first.RunAsync("ip addr add 192.168.7.1/24 dev eth1; ip link set eth1 up");
        await second.RunAsync("ip addr add 192.168.7.2/24 dev eth0; ip link set eth0 up");
        Assert.Equal("reached", await first.RunAsync("until ping -c 1 -W 1 192.168.7.2 >/dev/null; do :; done; echo reached"));
        var listening = second.RunAsync("nc -l -p 7000");
        await first.RunAsync("until echo from the first | nc 192.168.7.2 7000; do sleep 0.1; done");
        Assert.Equal("from the first", (await listening).Trim());

        // DHCP, and the computer's loopback interface behind the gateway's address.
        const string script = "#!/bin/sh\n[ \"$1\" = bound ] && ip addr add $ip/$mask dev $interface && echo $ip $router >/tmp/lease\ntrue\n";
        await first.RunAsync($"printf '%s' '{script}' >/dhcp.sh; chmod 755 /dhcp.sh; ip link set eth0 up; udhcpc -i eth0 -s /dhcp.sh -q -t 60 -T 1");
        var lease = (await first.RunAsync("cat /tmp/lease")).Split(' ');
        Assert.Equal("10.77.0.2", lease[1]);
        var accepting = host.AcceptTcpClientAsync(Cancellation);
        var sending = first.RunAsync($"echo hello | nc 10.77.0.2 {hostPort}");
        using (var client = await accepting)
        {
            using var reader = new StreamReader(client.GetStream());
            Assert.Equal("hello", await reader.ReadLineAsync(Cancellation));
        }

        await sending;

        // A published port, which opens when the guest reports its address.
        await first.RunAsync("(while :; do echo published | nc -l -p 7001; done) >/dev/null 2>&1 </dev/null &");
        first.Observer["guestinfo.test.address"] = lease[0];
        Assert.Equal("published", await ReadPublishedAsync(publishedPort));
        Assert.Equal([lease[0]], (await first.Observer.Identity.Task).Addresses.Single().IPAddresses);

        // An isolated guest has no way out.
        Assert.Equal("lost", await second.RunAsync("ping -c 1 -W 1 10.77.0.2 >/dev/null 2>&1 && echo reached || echo lost"));
    }

    [Fact]
    public async Task Tools_commands_reach_the_guest_and_its_reboot_and_the_end_of_its_process_are_seen()
    {
        await using var platform = await TestPlatform.StartAsync();
        var machine = await platform.CreateAsync("vm-1", static configuration => configuration);
        await machine.Machine.PowerOnAsync(Cancellation);
        await machine.Observer.ToolsRan.Task.WaitAsync(Cancellation);
        var credentials = new GuestCredentials("user", "password");
        Assert.Equal(4711, await machine.Machine.Guest.StartProgramAsync(credentials, new GuestProgram("kill", "TERM", null, []), Cancellation));

        await machine.Machine.RebootGuestAsync(Cancellation);
        await machine.Observer.Rebooted.Task.WaitAsync(Cancellation);
        Assert.Equal("again", await machine.RunAsync("echo again"));

        var processId = int.Parse(await File.ReadAllTextAsync(Path.Combine(platform.Folder, "vms", "vm-1", "qemu.pid"), Cancellation), CultureInfo.InvariantCulture);
        using (var process = Process.GetProcessById(processId))
        {
            process.Kill();
        }

        Assert.NotNull(await machine.Observer.PoweredOff.Task.WaitAsync(Cancellation));
        Assert.Empty(Directory.GetFiles(Path.Combine(platform.Folder, "vms", "vm-1")));
    }

    private static async Task<string?> ReadPublishedAsync(int port)
    {
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, Cancellation);
                using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
                if (await reader.ReadLineAsync(Cancellation) is { } line)
                {
                    return line;
                }
            }
            catch (Exception exception) when (exception is SocketException or IOException)
            {
                await Task.Delay(200, Cancellation);
            }
        }
    }
}
