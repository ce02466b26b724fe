using System.Globalization;
using System.Text;

namespace Vic.Vim25.Benchmarks.Replay;

/// <summary>
/// The answers about many VMs, as bytes that are ready to send: name, power state, and 50 keys of <c>extraConfig</c>, half of them what
/// every VM has in its .vmx file and half of them configuration of its own.
/// </summary>
internal sealed class ReplayInventory
{
    /// <summary>So many VMs differ; the answers about more of them repeat the texts, but not the references.</summary>
    private const int Distinct = 10_000;

    private const int OwnKeys = 25;

    private static readonly (string Key, string Value)[] CommonOptions =
    [
        ("svga.present", "TRUE"), ("hpet0.present", "TRUE"), ("disk.EnableUUID", "TRUE"), ("monitor.phys_bits_used", "43"), ("migrate.hostLogState", "none"),
        ("migrate.migrationId", "0"), ("softPowerOff", "FALSE"), ("tools.guest.desktop.autolock", "FALSE"), ("vmotion.checkpointFBSize", "8388608"),
        ("vmotion.svga.mobMaxSize", "8388608"), ("vmware.tools.internalversion", "12352"), ("vmware.tools.requiredversion", "12352"),
        ("pciBridge0.present", "TRUE"), ("pciBridge4.present", "TRUE"), ("pciBridge4.virtualDev", "pcieRootPort"), ("pciBridge4.functions", "8"),
        ("pciBridge5.present", "TRUE"), ("pciBridge5.virtualDev", "pcieRootPort"), ("pciBridge5.functions", "8"), ("pciBridge6.present", "TRUE"),
        ("pciBridge6.virtualDev", "pcieRootPort"), ("pciBridge6.functions", "8"), ("scsi0.pciSlotNumber", "160"), ("ethernet0.pciSlotNumber", "192"),
        ("toolsInstallManager.updateCounter", "1"),
    ];

    private readonly byte[][] _machines = [.. Enumerable.Range(0, Distinct).Select(Render)];

    /// <summary>Writes what is asked of a run of VMs.</summary>
    /// <param name="output">Takes the elements.</param>
    /// <param name="element">What each is in: <c>returnval</c> or <c>objects</c>.</param>
    /// <param name="first">The first one's number.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task WriteAsync(Stream output, string element, int first, int count, CancellationToken cancellationToken)
    {
        var end = Encoding.ASCII.GetBytes($"</{element}>");
        for (var number = first; number < first + count; number++)
        {
            var start = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"<{element}><obj type=\"VirtualMachine\">vm-{number}</obj>"));
            await output.WriteAsync(start, cancellationToken);
            await output.WriteAsync(_machines[number % Distinct], cancellationToken);
            await output.WriteAsync(end, cancellationToken);
        }
    }

    private static byte[] Render(int number)
    {
        var random = new Random(number);
        var text = new StringBuilder(16 * 1024);
        text.Append("<propSet><name>config.extraConfig</name><val xsi:type=\"ArrayOfOptionValue\">");
        foreach (var (key, value) in CommonOptions)
        {
            AppendOption(text, key, value);
        }

        for (var key = 0; key < OwnKeys; key++)
        {
            AppendOption(text, $"guestinfo.vice./init/sessions|{key}/cmd/Args", Own(random, 100 + (7 * key)));
        }

        text.Append(CultureInfo.InvariantCulture, $"</val></propSet><propSet><name>name</name><val xsi:type=\"xsd:string\">machine-{number:D5}</val></propSet>");
        var state = number % 3 == 0 ? "poweredOff" : "poweredOn";
        text.Append(CultureInfo.InvariantCulture, $"<propSet><name>runtime.powerState</name><val xsi:type=\"VirtualMachinePowerState\">{state}</val></propSet>");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void AppendOption(StringBuilder text, string key, string value) =>
        text.Append(CultureInfo.InvariantCulture, $"<OptionValue xsi:type=\"OptionValue\"><key>{key}</key><value xsi:type=\"xsd:string\">{value}</value></OptionValue>");

    private static string Own(Random random, int length) => string.Create(length, random, static (characters, random) =>
    {
        for (var index = 0; index < characters.Length; index++)
        {
            characters[index] = "abcdefghijklmnopqrstuvwxyz0123456789-._/"[random.Next(40)];
        }
    });
}
