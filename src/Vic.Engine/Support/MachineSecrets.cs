using System.Text;
using System.Text.RegularExpressions;
using Vic.Configuration;
using Vic.Engine.Inspection;
using Vic.Engine.Inventory;
using Vic.Engine.Logs;
using Vic.Vim25;

namespace Vic.Engine.Support;

/// <summary>
/// Finds the secrets of a machine, to look for them in what is handed to others. The API hides the key that opens them; the machine's own file has it.
/// </summary>
internal static class MachineSecrets
{
    private const long LongestFile = 4 << 20;

    private static readonly Regex KeyLine = new(
        $@"^{Regex.Escape(GuestInfoKey.SecretKeyName)}\s*=\s*""(?<key>[^""]+)""", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    /// <summary>Teaches a filter the secrets of a machine: sealed, and opened when its file can be read.</summary>
    public static async Task LearnAsync(SecretFilter filter, InventoryEntity machine, LogFolder? folder, CancellationToken cancellationToken)
    {
        var keys = MachineInventory.Keys(machine);
        var key = folder is null ? null : await FindKeyAsync(machine, folder, cancellationToken).ConfigureAwait(false);
        if (key is not null)
        {
            filter.Learn(key.Export());
        }

        foreach (var value in keys.Where(pair => SecretFilter.IsSecret(pair.Key)).Select(pair => pair.Value))
        {
            filter.Learn(value);
            if (key is not null && key.TryOpen(value, out var secret))
            {
                LearnOpened(filter, secret);
            }
        }
    }

    private static async Task<SecretKey?> FindKeyAsync(InventoryEntity machine, LogFolder folder, CancellationToken cancellationToken)
    {
        var path = machine.Get<string>("config.files.vmPathName") ?? "";
        try
        {
            var content = await folder.ReadEndAsync(path.Substring(path.LastIndexOf('/') + 1), LongestFile, LongestFile, cancellationToken).ConfigureAwait(false);
            var found = KeyLine.Match(Encoding.UTF8.GetString(content));
            return found.Success && SecretKey.TryParse(found.Groups["key"].Value, out var key) ? key : null;
        }
        catch (DatastoreFileException)
        {
            // Who may not read the file cannot open the secrets; what has the form of one is removed all the same.
            return null;
        }
    }

    // Keys are kept as base64 of PEM text; a log may show it line by line.
    private static void LearnOpened(SecretFilter filter, string secret)
    {
        filter.Learn(secret);
        try
        {
            foreach (var line in Encoding.UTF8.GetString(Convert.FromBase64String(secret)).Split('\n').Where(line => !line.StartsWith("-----", StringComparison.Ordinal)))
            {
                filter.Learn(line.Trim());
            }
        }
        catch (FormatException)
        {
            // It is a text by itself.
        }
    }
}
