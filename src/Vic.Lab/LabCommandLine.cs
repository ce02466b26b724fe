using System.Globalization;
using Vic.Lab.Inventory;
using Vic.Lab.Machines;

namespace Vic.Lab;

/// <summary>Reads the command line of the lab's executable.</summary>
internal static class LabCommandLine
{
    public const string Usage =
        """
        Vic.Lab: a single-machine vSphere.

          --model esx|vcenter                          inventory (default vcenter)
          --runtime qemu|none                          how virtual machines run (default qemu)
          --state DIR                                  where datastores live (default: temporary, removed at exit)
          --port N                                     port on 127.0.0.1 (default: any free one)
          --publish HOSTPORT[:GUESTPORT][@VMNAME]      forward a loopback port into the routed network; repeatable
          --parent-pid N                               end when that process is gone
          --user NAME                                  who may log in (default: the model's administrator)
          --hosts N                                    hosts in each cluster of the vcenter model (default 2)
          --clusters N                                 clusters of the vcenter model (default 1)
          --standalone-hosts N                         hosts of the vcenter model outside clusters (default 0)
          --datastore-capacity MIB                     size of each datastore (default: that of the drive)
          --machines N                                 virtual machines that are there from the start (default 0)
          --keys N                                     keys of extraConfig that each of them has (default 50)

        The password is read from the environment variable VIC_LAB_PASSWORD; without one it is random.
        """;

    /// <exception cref="FormatException">The command line is wrong; the message says where.</exception>
    public static LabOptions Parse(IReadOnlyList<string> arguments, Func<string, string?> environment)
    {
        // A lab to work with: its hosts already let serial ports out, as an administrator would have them do.
        var options = new LabOptions
        {
            Password = NullIfEmpty(environment("VIC_LAB_PASSWORD")),
            HostFirewall = new HostFirewallOptions { EnabledRulesets = ["vic-engine"] },
        };
        var publish = new List<PublishRule>();
        for (var index = 0; index < arguments.Count; index++)
        {
            var name = arguments[index];
            string Value() => ++index < arguments.Count ? arguments[index] : throw new FormatException($"{name} needs a value.");

            options = name switch
            {
                "--model" => options with { Model = ParseModel(Value()) },
                "--runtime" => options with { Runtime = ParseRuntime(Value()) },
                "--state" => options with { StateDirectory = Path.GetFullPath(Value()) },
                "--port" => options with { Port = ParseNumber(name, Value(), 0, 65535) },
                "--publish" => Publish(Value()),
                "--parent-pid" => options with { ParentProcessId = ParseNumber(name, Value(), 1, int.MaxValue) },
                "--user" => options with { UserName = Value() },
                "--datastore-capacity" => options with { DatastoreCapacity = (long)ParseNumber(name, Value(), 1, int.MaxValue) << 20 },
                "--hosts" => options with { HostCount = ParseNumber(name, Value(), 1, 1000) },
                "--clusters" => options with { ClusterCount = ParseNumber(name, Value(), 1, 100) },
                "--standalone-hosts" => options with { StandaloneHostCount = ParseNumber(name, Value(), 0, 1000) },
                "--machines" => options with { VirtualMachineCount = ParseNumber(name, Value(), 0, 100_000) },
                "--keys" => options with { ExtraConfigCount = ParseNumber(name, Value(), 0, 1000) },
                _ => throw new FormatException($"Unknown option {name}."),
            };
        }

        return options with { Publish = publish };

        LabOptions Publish(string text)
        {
            publish.Add(ParsePublishRule(text));
            return options;
        }
    }

    public static PublishRule ParsePublishRule(string text)
    {
        var (ports, machine) = text.Split('@', 2) switch
        {
            [var before, var after] => (before, NullIfEmpty(after)),
            var whole => (whole[0], null),
        };
        var parts = ports.Split(':');
        if (parts.Length > 2)
        {
            throw new FormatException($"--publish {text}: expected HOSTPORT[:GUESTPORT][@VMNAME].");
        }

        var host = ParseNumber("--publish", parts[0], 1, 65535);
        return new PublishRule(host, parts.Length == 2 ? ParseNumber("--publish", parts[1], 1, 65535) : host, machine);
    }

    private static InventoryModel ParseModel(string text) =>
        Is(text, "esx") ? InventoryModel.Esx
        : Is(text, "vcenter") ? InventoryModel.VCenter
        : throw new FormatException($"--model {text}: expected esx or vcenter.");

    private static RuntimeKind ParseRuntime(string text) =>
        Is(text, "qemu") ? RuntimeKind.Qemu
        : Is(text, "none") ? RuntimeKind.None
        : throw new FormatException($"--runtime {text}: expected qemu or none.");

    // PowerShell passes on what its user has typed.
    private static bool Is(string text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);

    private static int ParseNumber(string name, string text, int minimum, int maximum)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum
            ? number
            : throw new FormatException($"{name} {text}: expected a number from {minimum} to {maximum}.");

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
