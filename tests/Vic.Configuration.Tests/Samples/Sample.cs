namespace Vic.Configuration.Tests.Samples;

/// <summary>Keys as vmware/vic 1.5's own encoder writes them; one <c>key = "value"</c> a line, secrets in clear.</summary>
internal static class Sample
{
    public static SortedDictionary<string, string> Load(string name)
    {
        using var stream = typeof(Sample).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        var keys = new SortedDictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split(" = ", 2);
            keys.Add(parts[0], parts[1][1..^1]);
        }

        return keys;
    }

    /// <summary>The keys as a virtual machine holds them: empty values as their word, secrets sealed.</summary>
    public static Dictionary<string, string> Stored(string name, SecretKey key) => Load(name).ToDictionary(
        pair => pair.Key,
        pair => GuestInfoText.Escape(pair.Key.EndsWith("@secret", StringComparison.Ordinal) ? key.Seal(pair.Value) : pair.Value));

    /// <summary>The keys that a virtual machine holds, as in the sample.</summary>
    public static SortedDictionary<string, string> Plain(IReadOnlyDictionary<string, string> stored, SecretKey key)
    {
        var keys = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in stored)
        {
            if (name == GuestInfoKey.SecretKeyName)
                continue;
            if (name.EndsWith("@secret", StringComparison.Ordinal))
            {
                Assert.True(key.TryOpen(value, out var text));
                keys.Add(name, text);
            }
            else
            {
                keys.Add(name, GuestInfoText.Unescape(value));
            }
        }

        return keys;
    }
}
