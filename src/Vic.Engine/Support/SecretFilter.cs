using System.Text;
using System.Text.RegularExpressions;
using Vic.Configuration;

namespace Vic.Engine.Support;

/// <summary>Takes secrets out of what is handed to others: those that are known, and what has the form of one.</summary>
internal sealed class SecretFilter
{
    private const string Removed = "(removed)";

    // A shorter one would be found in half of all words.
    private const int ShortestSecret = 6;

    // A hypervisor's log lists all settings of a machine, and the key to sealed ones is among them.
    private static readonly Regex Setting = new(@"(guestinfo\.[^\s=]*""?\s*[=:]).*", RegexOptions.Compiled | RegexOptions.CultureInvariant);
    private static readonly Regex NamedSecret = new(
        @"(?i)(\b(?:password|passwd|secret|token|authorization|x-registry-auth)\b[""']?\s*[=:]\s*).+", RegexOptions.Compiled | RegexOptions.CultureInvariant);

    private static readonly string[] RemovedValues =
        ["/cmd/Env", "/cmd/Args", "annotations", "vic_machine_create_options", "proxy", "attach/"];

    private readonly List<string> _secrets = [];

    /// <summary>Whether the value of a key is a secret.</summary>
    public static bool IsSecret(string key) => key == GuestInfoKey.SecretKeyName || key.Contains("@secret");

    /// <summary>Notes a secret, also in the form in which configurations hold it.</summary>
    public void Learn(string secret)
    {
        foreach (var form in new[] { secret, Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)) }.Where(form => form.Length >= ShortestSecret && !_secrets.Contains(form)))
        {
            _secrets.Add(form);
        }
    }

    /// <summary>One line a key, with the values that say nothing about anybody.</summary>
    public string Describe(IReadOnlyDictionary<string, string> keys) => string.Concat(keys
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => $"{pair.Key} = {(IsSecret(pair.Key) || RemovedValues.Any(pair.Key.Contains) ? Removed : Clean(pair.Value))}\n"));

    /// <summary>A text without secrets.</summary>
    public string Clean(string text)
    {
        var clean = new StringBuilder(text);
        foreach (var secret in _secrets)
        {
            clean.Replace(secret, Removed);
        }

        var lines = clean.ToString().Split('\n');
        var isInKey = false;
        for (var index = 0; index < lines.Length; index++)
        {
            var begins = lines[index].Contains("-----BEGIN ") && lines[index].Contains("PRIVATE KEY");
            isInKey |= begins;
            var ends = isInKey && lines[index].Contains("-----END ");
            lines[index] = isInKey ? Removed : NamedSecret.Replace(Setting.Replace(lines[index], $"$1 {Removed}"), $"$1{Removed}");
            isInKey &= !ends;
        }

        return string.Join("\n", lines);
    }
}
