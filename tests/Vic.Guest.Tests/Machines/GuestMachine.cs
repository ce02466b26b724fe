using System.Diagnostics;
using Vic.Testing.Files;
using Vic.Testing.Processes;

namespace Vic.Guest.Tests.Machines;

/// <summary>A virtual machine that boots the real bootstrap.iso, with the devices that a container's machine has.</summary>
public sealed class GuestMachine : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Process _process;

    private GuestMachine(string image, IReadOnlyDictionary<string, string> configuration, string? disk, int slot)
    {
        Rpc = new GuestRpcHost(_folder["rpc"], configuration);
        List<string> arguments =
        [
            "-machine", "q35,vmport=off", "-global", "ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off", "-cpu", "max", "-accel", "tcg", "-m", "512", "-nodefaults", "-display", "none", "-no-reboot",
            "-drive", $"if=none,id=cd,media=cdrom,readonly=on,file={Repository.PathOf($"artifacts/images/{image}.iso")}",
            "-device", "ide-cd,drive=cd",
            .. image == "bootstrap"
                ? new[] { "-chardev", "null,id=com1", "-serial", "chardev:com1", "-serial", Log("debug"), "-serial", Log("output") }
                : ["-serial", Log("debug")],
            "-device", "virtio-serial-pci",
            "-chardev", $"socket,id=rpc,path={_folder["rpc"]}",
            "-device", "virtserialport,chardev=rpc,name=vic.guestrpc.0",
            "-device", "pvscsi,id=scsi",
        ];
        if (disk is not null)
            arguments.AddRange(["-drive", $"if=none,id=root,format=raw,file={disk}", "-device", "scsi-hd,drive=root,bus=scsi.0,scsi-id=0"]);
        if (slot > 0)
        {
            arguments.AddRange(["-netdev", "user,id=net,restrict=on,net=10.77.0.0/24,dhcpstart=10.77.0.15"]);
            arguments.AddRange(["-device", $"pcie-root-port,id=slot0,chassis=1,slot={slot}", "-device", "vmxnet3,netdev=net,bus=slot0,romfile="]);
        }
        _process = new Command("qemu-system-x86_64", arguments).Start();
    }

    public GuestRpcHost Rpc { get; }

    /// <summary>What the machine wrote to its debug log.</summary>
    public string DebugLog => File.Exists(_folder["debug"]) ? File.ReadAllText(_folder["debug"]) : string.Empty;

    /// <summary>The bytes of the container's output log.</summary>
    public byte[] OutputLog => File.ReadAllBytes(_folder["output"]);

    /// <summary>A container's machine.</summary>
    public static GuestMachine Start(IReadOnlyDictionary<string, string> configuration, string? disk = null, int slot = 0) =>
        new("bootstrap", configuration, disk, slot);

    /// <summary>The endpoint's machine.</summary>
    public static GuestMachine StartAppliance(IReadOnlyDictionary<string, string> configuration, int slot) => new("appliance", configuration, null, slot);

    /// <summary>Waits until the container has written something.</summary>
    public async Task WhenOutputAsync(CancellationToken cancellationToken)
    {
        while (OutputLog.Length == 0)
            await Task.Delay(20, cancellationToken);
    }

    /// <summary>Waits until the machine has switched itself off.</summary>
    public async Task WaitForPowerOffAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail("The machine did not switch itself off.\n" + DebugLog);
        }
    }

    private string Log(string name) => $"file:{_folder[name]}";

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        await Rpc.DisposeAsync();
        _folder.Dispose();
    }
}
