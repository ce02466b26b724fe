using System.Diagnostics.CodeAnalysis;

namespace Vic.Lab.Inventory;

/// <summary>
/// A path on a datastore: <c>[datastore1] folder/file.vmdk</c>. The relative part never climbs out of the datastore: empty and dot segments are
/// refused when it is parsed.
/// </summary>
/// <param name="Datastore">The datastore's name.</param>
/// <param name="Relative">The path below its root, with slashes; empty for the root.</param>
internal readonly record struct DatastorePath(string Datastore, string Relative)
{
    private const int LengthLimit = 1024;

    public string FileName => Relative[(Relative.LastIndexOf('/') + 1)..];

    public DatastorePath Parent
        => new(Datastore, Relative.LastIndexOf('/') is var slash and >= 0 ? Relative[..slash] : string.Empty);

    public DatastorePath Combine(string name) => new(Datastore, Relative.Length == 0 ? name : Relative + "/" + name);

    public override string ToString() => Relative.Length == 0 ? $"[{Datastore}]" : $"[{Datastore}] {Relative}";

    public static bool TryParse([NotNullWhen(true)] string? text, out DatastorePath path)
    {
        path = default;
        if (text is null || text.Length > LengthLimit || !text.StartsWith('['))
        {
            return false;
        }

        var close = text.IndexOf(']', StringComparison.Ordinal);
        if (close < 2 || !TryNormalize(text[(close + 1)..].Trim(' '), out var relative))
        {
            return false;
        }

        path = new DatastorePath(text[1..close], relative);
        return true;
    }

    /// <summary>Checks a relative path, and takes slashes off its ends.</summary>
    public static bool TryNormalize(string text, out string relative)
    {
        relative = text.Trim('/');
        if (relative.Length == 0)
        {
            return true;
        }

        return relative.Length <= LengthLimit && relative.Split('/').All(IsName);
    }

    private static bool IsName(string name)
        => name is not ("" or "." or "..") && name.Length <= 255 && !name.AsSpan().ContainsAny("\\\0\n\r");
}
