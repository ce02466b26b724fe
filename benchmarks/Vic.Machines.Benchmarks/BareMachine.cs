using System.Diagnostics;
using Vic.Testing.Labs;
using Vic.Vim25;

namespace Vic.Machines.Benchmarks;

/// <summary>A VM of the lab with a container's hardware that boots a bare kernel.</summary>
internal sealed class BareMachine(VimClient client, LabFacts lab, ManagedObjectReference machine)
{
    private const string Name = "bare";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    private string Console => Path.Combine(lab.StateDirectory, "datastores", lab.Datastores[0], Name, "console.log");

    /// <summary>Where the machine's ISO has to be.</summary>
    public static string IsoPath(LabFacts lab) => Path.Combine(lab.StateDirectory, "datastores", lab.Datastores[0], "bare.iso");

    public static async Task<BareMachine> CreateAsync(VimClient client, LabFacts lab, CancellationToken cancellationToken)
    {
        var folder = (await client.RetrieveAllAsync("Datacenter", ["vmFolder"], client.Content.RootFolder, cancellationToken))[0];
        var pool = (await client.RetrieveAllAsync("ResourcePool", ["name"], client.Content.RootFolder, cancellationToken))[0];
        var info = await client.RunAsync(
            new CreateVMTaskRequest { This = folder.Get<ManagedObjectReference>("vmFolder"), Pool = pool.Reference, Config = Spec(lab.Datastores[0]) }, cancellationToken);
        return new BareMachine(client, lab, (ManagedObjectReference)info.Result!);
    }

    /// <summary>Boots once, and returns the seconds from the call to PID 1's word.</summary>
    public async Task<double> BootAsync(CancellationToken cancellationToken)
    {
        File.Delete(Console);
        var started = Stopwatch.GetTimestamp();
        await client.RunAsync(new PowerOnVMTaskRequest { This = machine }, cancellationToken);
        while (!File.Exists(Console) || !(await File.ReadAllTextAsync(Console, cancellationToken)).Contains(BareKernelIso.Word, StringComparison.Ordinal))
        {
            await Task.Delay(Look, cancellationToken);
        }

        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await client.RunAsync(new PowerOffVMTaskRequest { This = machine }, cancellationToken);
        return elapsed;
    }

    private static VirtualMachineConfigSpec Spec(string datastore) => new()
    {
        Name = Name,
        GuestId = "other64Guest",
        Files = new VirtualMachineFileInfo { VmPathName = $"[{datastore}] {Name}/{Name}.vmx" },
        NumCPUs = 2,
        MemoryMB = 2048,
        DeviceChange =
        [
            Add(new VirtualIDEController { Key = 200, BusNumber = 0 }),
            Add(new VirtualCdrom
            {
                Key = -1,
                ControllerKey = 200,
                UnitNumber = 0,
                Backing = new VirtualCdromIsoBackingInfo { FileName = $"[{datastore}] bare.iso" },
                Connectable = new VirtualDeviceConnectInfo { StartConnected = true, Connected = true },
            }),
            Add(Serial(0, $"[{datastore}] {Name}/first.log")),
            Add(Serial(1, $"[{datastore}] {Name}/console.log")),
        ],
    };

    private static VirtualSerialPort Serial(int unit, string file) => new()
    {
        Key = -10 - unit,
        ControllerKey = 400,
        UnitNumber = unit,
        YieldOnPoll = true,
        Backing = new VirtualSerialPortFileBackingInfo { FileName = file },
        Connectable = new VirtualDeviceConnectInfo { StartConnected = true, Connected = true },
    };

    private static VirtualDeviceConfigSpec Add(VirtualDevice device) => new() { Operation = VirtualDeviceConfigSpecOperation.Add, Device = device };
}
