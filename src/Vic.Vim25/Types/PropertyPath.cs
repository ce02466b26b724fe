using System.Collections;
using System.Globalization;

namespace Vic.Vim25;

/// <summary>
/// Follows property paths through data objects, as the property collector defines them: steps joined by dots, a key in brackets after a
/// list (<c>config.hardware.device[2000]</c>, <c>config.extraConfig["guestinfo.x"]</c>).
/// </summary>
public static class PropertyPath
{
    /// <summary>Follows a path from a value.</summary>
    /// <param name="root">Where the path starts: a data object, or the value of a managed object's property.</param>
    /// <param name="path">The path; empty for <paramref name="root"/> itself.</param>
    /// <param name="value">What is there; null when something on the way is not set.</param>
    /// <returns>False when the path names a property that the types do not have.</returns>
    public static bool TryResolve(object? root, string path, out object? value)
    {
        value = root;
        int position = 0;
        while (position < path.Length)
        {
            if (path[position] == '[')
            {
                int end = EndOfKey(path, position);
                if (end < 0)
                {
                    return false;
                }

                value = FindByKey(value as IList, path.Substring(position + 1, end - position - 1).Trim('"'));
                position = end + 1;
            }
            else
            {
                int start = path[position] == '.' ? position + 1 : position;
                int end = path.IndexOfAny(['.', '['], start);
                end = end < 0 ? path.Length : end;
                if (value is not null && !((value as WireObject)?.TryGetProperty(path.Substring(start, end - start), out value) ?? false))
                {
                    value = null;
                    return false;
                }

                position = end;
            }
        }

        return true;
    }

    private static int EndOfKey(string path, int open)
    {
        if (open + 1 < path.Length && path[open + 1] == '"')
        {
            int quote = path.IndexOf("\"]", open + 2, StringComparison.Ordinal);
            return quote < 0 ? -1 : quote + 1;
        }

        return path.IndexOf(']', open);
    }

    private static object? FindByKey(IList? list, string key)
    {
        foreach (object? item in list ?? Array.Empty<object>())
        {
            object? itemKey = item switch
            {
                WireObject data => data.TryGetProperty("key", out object? found) ? found : null,
                ManagedObjectReference reference => reference.Value,
                _ => item,
            };
            if (Convert.ToString(itemKey, CultureInfo.InvariantCulture) == key)
            {
                return item;
            }
        }

        return null;
    }
}
