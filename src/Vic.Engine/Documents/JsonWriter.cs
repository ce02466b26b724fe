using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Vic.Engine.Documents;

/// <summary>Writes names and values, lists, strings, numbers and booleans as JSON that people read and compare: indented, in the order given.</summary>
internal static class JsonWriter
{
    private const string Indent = "  ";

    public static string Write(object value)
    {
        var text = new StringBuilder();
        Append(text, value, "\n");
        return text.Append('\n').ToString();
    }

    /// <summary>The same in one line, for messages.</summary>
    public static string WriteLine(object value) => Regex.Replace(Write(value), "\\s*\n\\s*", " ").Trim();

    private static void Append(StringBuilder text, object value, string lineBreak)
    {
        switch (value)
        {
            case IReadOnlyCollection<KeyValuePair<string, object>> members:
                AppendAll(text, '{', members, '}', lineBreak, (member, inner) =>
                {
                    AppendText(text, member.Key);
                    text.Append(": ");
                    Append(text, member.Value, inner);
                });
                break;
            case IReadOnlyList<object> items:
                AppendAll(text, '[', items, ']', lineBreak, (item, inner) => Append(text, item, inner));
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case string content:
                AppendText(text, content);
                break;
            default:
                text.Append(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void AppendAll<T>(StringBuilder text, char open, IReadOnlyCollection<T> items, char close, string lineBreak, Action<T, string> append)
    {
        text.Append(open);
        var isFirst = true;
        foreach (var item in items)
        {
            text.Append(isFirst ? "" : ",").Append(lineBreak).Append(Indent);
            append(item, lineBreak + Indent);
            isFirst = false;
        }

        text.Append(items.Count == 0 ? "" : lineBreak).Append(close);
    }

    private static void AppendText(StringBuilder text, string content)
    {
        text.Append('"');
        foreach (var character in content)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(character),
            };
        }

        text.Append('"');
    }
}
