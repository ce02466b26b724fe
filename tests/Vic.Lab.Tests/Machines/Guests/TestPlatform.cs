using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Vic.Lab.Machines;
using Vic.Testing.Files;

namespace Vic.Lab.Tests.Machines.Guests;

/// <summary>A machine platform of its own with a routed and an isolated port group.</summary>
internal sealed class TestPlatform : IAsyncDisposable
{
    public const string Routed = "dvportgroup-routed";
    public const string Isolated = "dvportgroup-isolated";
    private readonly TemporaryFolder _folder = new();
    private readonly List<TestMachine> _machines = [];

    private TestPlatform(RuntimeKind runtime, IReadOnlyList<PublishRule> publish) =>
        Platform = new MachinePlatform(new MachinePlatformOptions
        {
            Runtime = runtime,
            StateDirectory = _folder.Path,
            Publish = publish,
            LoggerFactory = NullLoggerFactory.Instance,
        });

    public MachinePlatform Platform { get; }

    public string Folder => _folder.Path;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<TestPlatform> StartAsync(RuntimeKind runtime = RuntimeKind.Qemu, params PublishRule[] publish)
    {
        var platform = new TestPlatform(runtime, publish);
        await platform.Platform.Networks.AddAsync(new PortGroupSegment(Routed, "VM Network", Routed: true), Cancellation);
        await platform.Platform.Networks.AddAsync(new PortGroupSegment(Isolated, "bridge", Routed: false), Cancellation);
        return platform;
    }

    public static MachineNetworkAdapter Adapter(int index, string portGroup, byte lastMacByte) => new(
        4000 + index,
        NetworkAdapterKind.Vmxnet3,
        string.Create(CultureInfo.InvariantCulture, $"00:50:56:00:00:{lastMacByte:x2}"),
        1184 + (32 * index),
        portGroup,
        Connected: true);

    /// <summary>Creates a machine; with the QEMU runtime it boots the guest of the tests.</summary>
    public async Task<TestMachine> CreateAsync(string id, Func<MachineConfiguration, MachineConfiguration> shape)
    {
        var home = Directory.CreateDirectory(Path.Combine(Folder, "datastores", "datastore1", id)).FullName;
        var configuration = shape(new MachineConfiguration
        {
            Id = id,
            Name = "machine " + id,
            Uuid = Guid.NewGuid(),
            HomeDirectory = home,
            CpuCount = 1,
            MemoryMegabytes = 256,
            CdRoms = [new MachineCdRom(3000, await GuestIso.GetAsync(Cancellation))],
            SerialPorts =
            [
                new MachineSerialPort(9000, null, Connected: false),
                new MachineSerialPort(9001, new SerialPortBacking.File(Path.Combine(home, "tether.debug"), Append: true), Connected: true),
                new MachineSerialPort(9002, new SerialPortBacking.File(Path.Combine(home, "output.log"), Append: true), Connected: true),
            ],
        });
        var observer = new RecordingObserver();
        var machine = new TestMachine(Platform.Runtime.Create(configuration, observer), observer, configuration);
        _machines.Add(machine);
        return machine;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var machine in _machines)
        {
            await machine.DisposeAsync();
        }

        await Platform.DisposeAsync();
        _folder.Dispose();
    }
}
