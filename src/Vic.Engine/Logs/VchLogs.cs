using Vic.Engine.Inspection;
using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Logs;

/// <summary>Finds the logs of a VCH on its datastore. Needs no endpoint that answers.</summary>
public sealed class VchLogs
{
    private readonly VimClient _client;

    /// <summary>Reads through a session.</summary>
    public VchLogs(VimClient client) => _client = client;

    /// <summary>The logs of a VCH, oldest first within each kind.</summary>
    public async Task<IReadOnlyList<VchLogFile>> ListAsync(VchInfo vch, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new($"Looking for the logs of '{vch.Name}'"));
        return await ListAsync(await FolderAsync(vch, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens the newest log of a kind, or the one of a name.</summary>
    /// <exception cref="VicException">There is none.</exception>
    public async Task<LogReader> OpenAsync(
        VchInfo vch, VchLogKind kind, string? name, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new($"Looking for the logs of '{vch.Name}'"));
        var folder = await FolderAsync(vch, cancellationToken).ConfigureAwait(false);
        var logs = await ListAsync(folder, cancellationToken).ConfigureAwait(false);
        var log = logs.LastOrDefault(log => name is null ? log.Kind == kind : string.Equals(log.Name, name, StringComparison.OrdinalIgnoreCase));
        return log is null
            ? throw new VicException("NoLog", VicErrorKind.NotFound, $"'{vch.Name}' has no {(name is null ? $"log of the kind {kind}" : $"log '{name}'")}; it has "
                + (logs.Count == 0 ? "none at all." : $"{string.Join(", ", logs)}."))
            {
                Target = vch.Name,
            }
            : folder.Open(log.Name);
    }

    internal static async Task<IReadOnlyList<VchLogFile>> ListAsync(LogFolder folder, CancellationToken cancellationToken) =>
        (await folder.ListAsync(cancellationToken).ConfigureAwait(false))
            .Select(file => KindOf(file.Path) is { } kind ? new VchLogFile(file.Path, kind, file.FileSize ?? 0, file.Modification) : null)
            .OfType<VchLogFile>().OrderBy(log => log.Kind).ThenBy(log => log.Modified).ThenBy(log => log.Name, StringComparer.Ordinal).ToList();

    /// <summary>Whose log a file is by its name; null when it is none.</summary>
    internal static VchLogKind? KindOf(string name) =>
        name == "tether.debug" ? VchLogKind.Endpoint
        : !name.EndsWith(".log", StringComparison.OrdinalIgnoreCase) ? null
        : name.StartsWith(OperationLog.FilePrefix, StringComparison.OrdinalIgnoreCase) ? VchLogKind.Deployment
        : name.StartsWith("vmware", StringComparison.OrdinalIgnoreCase) ? VchLogKind.Machine
        : null;

    private async Task<LogFolder> FolderAsync(VchInfo vch, CancellationToken cancellationToken) =>
        LogFolder.Of(_client, vch.Machine, await InventorySnapshot.ReadAsync(_client, cancellationToken).ConfigureAwait(false))
        ?? throw new VicException("NoLog", VicErrorKind.NotFound, $"The folder of '{vch.Name}' on its datastore cannot be found.") { Target = vch.Name };
}
