using System.Text;

namespace Vic.Lab.Operations;

/// <summary>Names that requests carry.</summary>
internal static class OperationText
{
    private const int NameLimit = 80;
    private static readonly string[] Escapes = ["%25", "%2f", "%5c"];

    /// <summary>
    /// Checks the name of an inventory object, and escapes what paths use otherwise: <c>/</c>, <c>\</c> and <c>%</c>, unless they are escaped already.
    /// </summary>
    /// <exception cref="Vim25.VimFaultException">The name is empty or too long.</exception>
    public static string CheckName(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw Faults.InvalidName(string.Empty);
        }

        var escaped = Escape(name);
        return escaped.Length <= NameLimit ? escaped : throw Faults.InvalidName(name);
    }

    /// <summary>Whether two names mean the same object: escapes may be written in capitals.</summary>
    public static bool IsSameName(string stored, string asked) => stored == asked || Escape(stored) == Escape(asked);

    private static string Escape(string name)
    {
        if (name.AsSpan().IndexOfAny('/', '\\', '%') < 0)
        {
            return name;
        }

        var escaped = new StringBuilder(name.Length + 8);
        for (var index = 0; index < name.Length; index++)
        {
            if (Array.Find(Escapes, escape => name.AsSpan(index).StartsWith(escape, StringComparison.OrdinalIgnoreCase)) is { } known)
            {
                escaped.Append(known);
                index += known.Length - 1;
                continue;
            }

            escaped.Append(name[index] switch
            {
                '/' => "%2f",
                '\\' => "%5c",
                '%' => "%25",
                var other => other.ToString(),
            });
        }

        return escaped.ToString();
    }
}
