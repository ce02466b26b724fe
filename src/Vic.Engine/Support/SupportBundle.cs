using System.Globalization;
using System.Text;
using Vic.Engine.Certificates;
using Vic.Engine.Inspection;
using Vic.Engine.Inventory;
using Vic.Engine.Logs;
using Vic.Vim25;

namespace Vic.Engine.Support;

/// <summary>Collects what there is about a VCH in one zip file, without secrets and of bounded size.</summary>
public sealed class SupportBundle
{
    private const long LongestLog = 4 << 20;
    private const string Output = "output.log";

    private readonly VimClient _client;

    /// <summary>Reads through a session.</summary>
    public SupportBundle(VimClient client) => _client = client;

    /// <summary>Writes the file. What cannot be read is named in it; it ends nothing.</summary>
    /// <param name="vch">The VCH.</param>
    /// <param name="path">The full path of the file.</param>
    /// <param name="options">What goes into it.</param>
    /// <param name="progress">Where steps are reported.</param>
    /// <param name="cancellationToken">Gives up; then there is no file.</param>
    /// <exception cref="VicException">The file cannot be written.</exception>
    public async Task SaveAsync(
        VchInfo vch, string path, SupportBundleOptions options, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new($"Reading the surroundings of '{vch.Name}'"));
        var inventory = await InventorySnapshot.ReadAsync(_client, cancellationToken).ConfigureAwait(false);
        var machines = await MachineInventory.ReadAsync(_client, cancellationToken).ConfigureAwait(false);
        var current = VchInventory.Select(machines).Find(found => found.Reference == vch.Reference) ?? vch;
        var containers = ContainerInventory.Select(machines, [current]).Where(container => container.HostReference == current.Reference).ToList();
        var filter = new SecretFilter();
        foreach (var machine in containers.Select(container => container.Machine).Append(current.Machine))
        {
            var folder = LogFolder.Of(_client, machine, inventory);
            await MachineSecrets.LearnAsync(filter, machine, folder, cancellationToken).ConfigureAwait(false);
        }

        using var archive = new BundleArchive(options.MaximumLength);
        archive.Add("facts.txt", filter.Clean(Facts(current, containers, inventory)));
        archive.Add("endpoint/configuration.txt", filter.Describe(MachineInventory.Keys(current.Machine)));
        await AddLogsAsync(archive, filter, current.Machine, "endpoint", inventory, Wanted, progress, cancellationToken).ConfigureAwait(false);
        foreach (var container in containers)
        {
            var name = $"containers/{container.ContainerId}";
            archive.Add($"{name}/configuration.txt", filter.Describe(MachineInventory.Keys(container.Machine)));
            await AddLogsAsync(
                archive, filter, container.Machine, name, inventory, file => Wanted(file) || (file == Output && options.IncludesContainerOutput), progress,
                cancellationToken).ConfigureAwait(false);
        }

        progress.Report(new("Writing the support bundle"));
        cancellationToken.ThrowIfCancellationRequested();
        archive.Save(path);
    }

    private static bool Wanted(string name) => VchLogs.KindOf(name) is not null;

    private async Task AddLogsAsync(
        BundleArchive archive,
        SecretFilter filter,
        InventoryEntity machine,
        string folder,
        InventorySnapshot inventory,
        Func<string, bool> isWanted,
        IProgress<StepProgress> progress,
        CancellationToken cancellationToken)
    {
        progress.Report(new($"Reading the logs of '{machine.Name}'"));
        try
        {
            if (LogFolder.Of(_client, machine, inventory) is not { } logs)
            {
                archive.Add($"{folder}/missing.txt", "The folder of this machine on its datastore cannot be found.\n");
                return;
            }

            foreach (var file in (await logs.ListAsync(cancellationToken).ConfigureAwait(false)).Where(file => isWanted(file.Path)))
            {
                var end = await logs.ReadEndAsync(file.Path, file.FileSize ?? 0, Math.Min(LongestLog, archive.Room), cancellationToken).ConfigureAwait(false);
                archive.Add($"{folder}/{file.Path}", filter.Clean(Encoding.UTF8.GetString(end)));
            }
        }
        catch (VimException exception) when (exception is not VimFaultException { Fault: NotAuthenticated })
        {
            archive.Add($"{folder}/missing.txt", filter.Clean($"The logs of this machine cannot be read: {exception.Message}\n"));
        }
    }

    private string Facts(VchInfo vch, List<ContainerVmInfo> containers, InventorySnapshot inventory)
    {
        var text = new StringBuilder();
        Add("Collected", Time(DateTimeOffset.UtcNow));
        Add("Module", ProductVersion.Current);
        Add("Server", $"{_client.Content.About.FullName}, API {_client.Content.About.ApiVersion}");
        Add("VCH", $"{vch.Name} ({vch.Reference}), version {vch.Version}, {vch.PowerState}, created {Time(vch.Created)}");
        Add("Docker API", $"{vch.DockerHost ?? "address not known"}, TLS {vch.TlsMode}");
        foreach (var certificate in Certificates(vch))
        {
            Add("Certificate", $"{certificate.Kind} {certificate.Subject}, {certificate.NotBefore:yyyy-MM-dd} to {certificate.NotAfter:yyyy-MM-dd}");
        }

        foreach (var host in inventory.OfType("HostSystem"))
        {
            Add("Host", $"{host}, {host.GetValue<HostSystemConnectionState>("runtime.connectionState")}, maintenance {host.GetValue<bool>("runtime.inMaintenanceMode")}");
        }

        foreach (var store in inventory.OfType("Datastore"))
        {
            Add("Datastore", $"{store}, accessible {store.GetValue<bool>("summary.accessible")}, {store.GetValue<long>("summary.freeSpace")} bytes free");
        }

        foreach (var container in containers)
        {
            Add("Container", $"{container.Name} {container.ContainerId}, {container.Image}, {container.State}, exit code {container.ExitCode}");
        }

        return text.ToString();

        void Add(string name, string value) => text.Append(name).Append(": ").Append(value).Append('\n');
    }

    private static IReadOnlyList<CertificateFacts> Certificates(VchInfo vch)
    {
        try
        {
            return vch.Certificates();
        }
        catch (FormatException)
        {
            // Its damage shows in the configuration.
            return [];
        }
    }

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "at an unknown time";
}
