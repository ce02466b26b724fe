using System.IO.Compression;
using System.Text;
using Vic.Configuration;
using Vic.Engine.Certificates;
using Vic.Engine.Inspection;
using Vic.Engine.Requests;
using Vic.Engine.Support;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Support;

/// <summary>Save-VCHSupportBundle collects what helps, and nothing that opens a door.</summary>
public sealed class SupportBundleTests
{
    private const string UsersSecret = "hunter2-of-a-user";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(InventoryModel.VCenter)]
    [InlineData(InventoryModel.Esx)]
    public async Task A_bundle_holds_configuration_logs_and_facts_and_none_of_the_secrets(InventoryModel model)
    {
        await using var lab = await EngineLab.StartAsync(model);
        using var client = await lab.ConnectAsync();
        var vch = await DeployAsync(lab, client);
        var secrets = await SecretsAsync(lab, client, vch);
        var debug = lab.PathOf("datastore1", $"{EngineLab.VchName}/tether.debug");
        await File.WriteAllTextAsync(debug, $"a line of the endpoint\n{string.Join('\n', secrets)}\nPassword: \"{UsersSecret}\"\n", Token);
        var keys = await client.GetPropertyAsync<List<OptionValue>>(vch.Reference, "config.extraConfig", Token);
        await File.WriteAllLinesAsync(lab.PathOf("datastore1", $"{EngineLab.VchName}/vmware.log"), keys!.Select(option => $"DICT {option.Key} = \"{option.Value}\""), Token);

        var bundle = await SaveAsync(lab, client, vch, new SupportBundleOptions());

        Assert.Contains(bundle.Keys, name => name.StartsWith("endpoint/vic-machine_", StringComparison.Ordinal));
        Assert.Contains("a line of the endpoint", bundle["endpoint/tether.debug"], StringComparison.Ordinal);
        Assert.Contains("guestinfo.vice./connect/username = ", bundle["endpoint/configuration.txt"], StringComparison.Ordinal);
        Assert.Contains($"Container: talker ", bundle["facts.txt"], StringComparison.Ordinal);
        Assert.Contains($"Module: {ProductVersion.Current}", bundle["facts.txt"], StringComparison.Ordinal);
        Assert.Contains(bundle.Keys, name => name.StartsWith("containers/", StringComparison.Ordinal) && name.EndsWith("/configuration.txt", StringComparison.Ordinal));
        Assert.DoesNotContain(bundle.Keys, name => name.EndsWith("output.log", StringComparison.Ordinal));
        Assert.All(secrets.Append(UsersSecret), secret => Assert.DoesNotContain(bundle, entry => entry.Value.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_bundle_is_no_larger_than_asked_for_and_keeps_the_end_of_a_long_log()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        using var client = await lab.ConnectAsync();
        var vch = await DeployAsync(lab, client);
        await File.WriteAllTextAsync(lab.PathOf("datastore1", $"{EngineLab.VchName}/tether.debug"), new string('x', 3 << 20) + "\nthe end\n", Token);

        var bundle = await SaveAsync(lab, client, vch, new SupportBundleOptions { MaximumLength = 1 << 20 });

        Assert.InRange(bundle.Values.Sum(text => Encoding.UTF8.GetByteCount(text)), 1 << 19, 1 << 20);
        Assert.EndsWith("the end\n", bundle["endpoint/tether.debug"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_written_leaves_no_file()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        using var client = await lab.ConnectAsync();
        var vch = await DeployAsync(lab, client);
        var path = lab.Folder["taken.zip"];
        await File.WriteAllTextAsync(path, "somebody's", Token);

        var error = await Assert.ThrowsAsync<VicException>(() =>
            new SupportBundle(client).SaveAsync(vch, path, new SupportBundleOptions(), Quiet.Instance, Token));

        Assert.Equal("BundleNotWritable", error.ErrorId);
        Assert.Equal("somebody's", await File.ReadAllTextAsync(path, Token));
        Assert.Empty(Directory.EnumerateFiles(lab.Folder.Path, "*.partial"));
    }

    private static async Task<VchInfo> DeployAsync(EngineLab lab, VimClient client)
    {
        var request = lab.Request() with
        {
            Tls = new TlsRequest { CertificatePath = lab.CertificatePath, CommonName = "127.0.0.1", Keys = new KeyRecipe(KeyAlgorithm.Ecdsa, 256) },
            SkipReadiness = true,
        };
        var vch = (await EngineLab.DeployAsync(client, request, Token)).Vch;
        var configuration = new ExecutorConfiguration { Id = new string('d', 64), Name = "talker" };
        configuration.Annotations["docker.container"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(UsersSecret));
        configuration.Sessions[configuration.Id] = new SessionConfiguration
        {
            Id = configuration.Id,
            Path = "/bin/sh",
            Arguments = ["/bin/sh", UsersSecret],
            Environment = [$"PASSWORD={UsersSecret}"],
        };
        configuration.Attach.Key = Encoding.UTF8.GetBytes("the session key of the container");
        var machine = await client.RetrieveAsync(vch.Reference, ["parent", "resourcePool"], Token);
        await RunningVch.CreateMachineAsync(
            client, machine.Get<ManagedObjectReference>("parent"), machine.Get<ManagedObjectReference>("resourcePool"), "talker",
            [.. GuestInfoSet.Of(configuration, SecretKey.Generate()).Select(pair => new OptionValue { Key = pair.Key, Value = pair.Value })]);
        await File.WriteAllTextAsync(lab.PathOf("datastore1", "talker/output.log"), UsersSecret, Token);
        return vch;
    }

    /// <summary>The endpoint's password and keys, as they are and as configurations hold them.</summary>
    private static async Task<List<string>> SecretsAsync(EngineLab lab, VimClient client, VchInfo vch)
    {
        var keys = (await client.GetPropertyAsync<List<OptionValue>>(vch.Reference, "config.extraConfig", Token))!;
        string[] secrets =
        [
            lab.Facts.Password,
            .. keys.Where(option => option.Key.Contains("@secret", StringComparison.Ordinal) || option.Key == GuestInfoKey.SecretKeyName).Select(option => (string)option.Value!),
            .. (await File.ReadAllLinesAsync(Path.Combine(lab.CertificatePath, "server-key.pem"), Token)).Where(line => line.Length > 40),
        ];
        return [.. secrets];
    }

    private static async Task<Dictionary<string, string>> SaveAsync(EngineLab lab, VimClient client, VchInfo vch, SupportBundleOptions options)
    {
        var path = lab.Folder["bundle.zip"];
        await new SupportBundle(client).SaveAsync(vch, path, options, Quiet.Instance, Token);
        await using var zip = await ZipFile.OpenReadAsync(path, Token);
        var entries = new Dictionary<string, string>();
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync(Token));
            entries.Add(entry.FullName, await reader.ReadToEndAsync(Token));
        }

        return entries;
    }
}
