using System.Text.RegularExpressions;
using Vic.Build.Help;
using Vic.Testing.Files;

namespace Vic.PowerShell.Tests.Help;

/// <summary>docs/vic-machine.md is true: every option has a row, and what a row names is there.</summary>
public sealed partial class VicMachineTableTests(CompiledModule module) : IClassFixture<CompiledModule>
{
    // The options of vic-machine 1.5, by command.
    private static readonly Dictionary<string, string> Options = new()
    {
        ["Every command"] = "--target --user --password --thumbprint --compute-resource --name --id --timeout --debug --force",
        ["create"] =
            "--ops-user --ops-password --ops-grant-perms --image-store --base-image-size --volume-store --storage-quota --containers"
            + " --bridge-network --bridge-network-range --bridge-network-width"
            + " --public-network --public-network-gateway --public-network-ip --client-network --client-network-gateway --client-network-ip"
            + " --management-network --management-network-gateway --management-network-ip --dns-server"
            + " --container-network --container-network-gateway --container-network-ip-range --container-network-dns --container-network-firewall"
            + " --asymmetric-routes --memory --memory-reservation --memory-shares --cpu --cpu-reservation --cpu-shares --endpoint-cpu --endpoint-memory"
            + " --affinity-vm-group --container-name-convention --tls-cname --tls-cert-path --tls-server-cert --tls-server-key --tls-ca"
            + " --no-tlsverify --no-tls --organization --certificate-key-size --registry-ca --insecure-registry --whitelist-registry"
            + " --http-proxy --https-proxy --no-proxy --syslog-address --appliance-iso --bootstrap-iso",
        ["configure"] =
            "--ops-user --ops-password --ops-grant-perms --affinity-vm-group --container-name-convention --volume-store --dns-server"
            + " --container-network --container-network-gateway --container-network-ip-range --container-network-dns --container-network-firewall"
            + " --memory --memory-reservation --memory-shares --cpu --cpu-reservation --cpu-shares --storage-quota --containers"
            + " --tls-cname --tls-cert-path --tls-server-cert --tls-server-key --tls-ca --no-tlsverify --certificate-key-size --organization"
            + " --registry-ca --http-proxy --https-proxy --no-proxy --syslog-address --reset-progress --rollback",
        ["ls"] = "ls",
        ["inspect"] = "inspect|--tls-cert-path|inspect config|--format",
        ["upgrade"] = "--appliance-iso --bootstrap-iso --force --rollback --reset-progress",
        ["delete"] = "--name --force",
        ["debug"] = "--enable-ssh --authorized-key --rootpw",
        ["update firewall"] = "--allow --deny",
    };

    private static List<Row> Rows { get; } = MarkdownSection
        .Split(File.ReadAllText(Repository.PathOf("docs/vic-machine.md")).ReplaceLineEndings("\n").Split('\n'), level: 2)
        .SelectMany(section => section.Lines
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => new Row(section.Title, cells[1].Trim('`'), cells[2], cells[3])))
        .ToList();

    [Fact]
    public void Every_option_of_every_command_has_a_row() => Assert.All(Options, command => Assert.Equal(
        command.Value.Split(command.Value.Contains('|', StringComparison.Ordinal) ? '|' : ' '),
        Rows.Where(row => row.Command == command.Key).Select(row => row.Option)));

    [Fact]
    public void Every_parameter_that_a_row_names_exists() => Assert.All(Rows, row =>
    {
        var names = Quoted().Matches(row.InItsPlace).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(names);
        foreach (var words in names.Select(name => name.Split(' ')))
        {
            var parameters = module.Command(words[0]).Parameters.Select(parameter => '-' + parameter.Name);
            Assert.All(words.Skip(1), word => Assert.Contains(word, parameters));
        }
    });

    [Fact]
    public void Every_test_that_a_row_names_exists()
    {
        var sources = Directory.EnumerateFiles(Repository.PathOf("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .ToLookup(file => Path.GetFileNameWithoutExtension(file)!);
        Assert.All(Rows, row =>
        {
            var words = row.Test.Trim('`').Split('.');
            Assert.Contains(sources[words[0]], file => Regex.IsMatch(File.ReadAllText(file), $@"public (async Task|void) {words[1]}\("));
        });
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    private sealed record Row(string Command, string Option, string InItsPlace, string Test)
    {
        public override string ToString() => $"{Command} {Option}";
    }
}
