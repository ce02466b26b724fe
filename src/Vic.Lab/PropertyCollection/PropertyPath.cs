namespace Vic.Lab.PropertyCollection;

/// <summary>
/// A property path such as <c>config.hardware.device[4000].backing</c> or <c>config.extraConfig["guestinfo.x"].value</c>: names joined by dots, each
/// followed by at most one key in brackets.
/// </summary>
internal static class PropertyPath
{
    private const int DepthLimit = 32;

    /// <summary>Splits a path into its steps; null when it is malformed.</summary>
    public static IReadOnlyList<PropertyPathStep>? Parse(string path)
    {
        var steps = new List<PropertyPathStep>();
        var position = 0;
        while (true)
        {
            var start = position;
            while (position < path.Length && (char.IsAsciiLetterOrDigit(path[position]) || path[position] == '_'))
            {
                position++;
            }

            if (position == start || steps.Count == DepthLimit)
            {
                return null;
            }

            var name = path[start..position];
            string? key = null;
            if (position < path.Length && path[position] == '[' && !TryReadKey(path, ref position, out key))
            {
                return null;
            }

            steps.Add(new PropertyPathStep(name, key));
            if (position == path.Length)
            {
                return steps;
            }

            if (path[position++] != '.')
            {
                return null;
            }
        }
    }

    private static bool TryReadKey(string path, ref int position, out string? key)
    {
        key = null;
        var start = position + 1;
        if (start < path.Length && path[start] == '"')
        {
            var end = path.IndexOf("\"]", start + 1, StringComparison.Ordinal);
            if (end < 0)
            {
                return false;
            }

            key = path[(start + 1)..end];
            position = end + 2;
            return true;
        }

        var close = path.IndexOf(']', start);
        if (close <= start)
        {
            return false;
        }

        key = path[start..close];
        position = close + 1;
        return true;
    }
}
