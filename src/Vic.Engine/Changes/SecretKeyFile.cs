using System.Text;
using Vic.Configuration;
using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>
/// Reads the key that seals a VCH's secrets. The API does not show it; the endpoint VM's own file on the datastore has it (vmware/vic,
/// lib/install/management, reads it from there as well).
/// </summary>
internal static class SecretKeyFile
{
    private const int MaximumLength = 16 << 20;

    /// <exception cref="VicException">The file cannot be read, or holds no key.</exception>
    public static async Task<SecretKey> ReadAsync(VimClient client, PresentVch vch, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        try
        {
            await new DatastoreFiles(client, vch.DatacenterPath, vch.Home.Datastore)
                .DownloadAsync(vch.MachineFile, content, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (DatastoreFileException exception)
        {
            throw NotReadable(vch, exception.Message, exception);
        }

        return content.Length <= MaximumLength && Find(Encoding.UTF8.GetString(content.ToArray())) is { } key
            ? key
            : throw NotReadable(vch, "it has no such key");
    }

    // A line is: name = "value". Base64 has none of the characters that are written otherwise there.
    private static SecretKey? Find(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var equals = line.IndexOf('=');
            if (equals > 0
                && line.Substring(0, equals).Trim() == GuestInfoKey.SecretKeyName
                && SecretKey.TryParse(line.Substring(equals + 1).Trim().Trim('"'), out var key))
            {
                return key;
            }
        }

        return null;
    }

    private static VicException NotReadable(PresentVch vch, string reason, Exception? cause = null) => new(
        "SecretKeyNotReadable", VicErrorKind.Failed, $"The key of the secrets of '{vch.Name}' cannot be read from '[{vch.Home.Datastore}] {vch.MachineFile}': {reason}", cause)
    {
        RecommendedAction = "To change secrets takes the privilege Datastore.FileManagement (low level file operations) on this datastore.",
        Target = vch.Name,
    };
}
