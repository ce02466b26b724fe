using System.Globalization;
using System.Text;

namespace Vic.Engine.Documents;

/// <summary>
/// Reads JSON (RFC 8259) into dictionaries, lists, strings, numbers and booleans. Small and strict: names that come twice are an error, and nothing
/// of a serializer's dependencies has to be loaded into Windows PowerShell.
/// </summary>
internal sealed class JsonReader
{
    private const int DeepestNesting = 32;

    private readonly string _text;
    private int _position;

    private JsonReader(string text) => _text = text;

    /// <exception cref="FormatException">The text is not JSON; the message tells the line and what was expected.</exception>
    public static object? Read(string text)
    {
        var reader = new JsonReader(text);
        var value = reader.Value(depth: 0);
        reader.SkipBlanks();
        return reader._position == text.Length ? value : throw reader.Expected("the end");
    }

    private object? Value(int depth)
    {
        if (depth > DeepestNesting)
        {
            throw Expected("less nesting");
        }

        SkipBlanks();
        return Peek() switch
        {
            '{' => Object(depth),
            '[' => List(depth),
            '"' => Text(),
            't' => Word("true", true),
            'f' => Word("false", false),
            'n' => Word("null", null),
            _ => Number(),
        };
    }

    private Dictionary<string, object?> Object(int depth)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        Take('{');
        for (var isFirst = true; !TryTake('}'); isFirst = false)
        {
            if (!isFirst)
            {
                Take(',');
            }

            SkipBlanks();
            var name = Text();
            Take(':');
            if (members.ContainsKey(name))
            {
                throw Expected($"'{name}' once");
            }

            members.Add(name, Value(depth + 1));
        }

        return members;
    }

    private List<object?> List(int depth)
    {
        var items = new List<object?>();
        Take('[');
        for (var isFirst = true; !TryTake(']'); isFirst = false)
        {
            if (!isFirst)
            {
                Take(',');
            }

            items.Add(Value(depth + 1));
        }

        return items;
    }

    private string Text()
    {
        if (Peek() != '"')
        {
            throw Expected("a quotation mark");
        }

        _position++;
        var text = new StringBuilder();
        while (Peek() != '"')
        {
            var character = Next();
            text.Append(character switch
            {
                '\\' => Escaped(),
                < ' ' => throw Expected("an escape sequence in place of a control character"),
                _ => character,
            });
        }

        _position++;
        return text.ToString();
    }

    private char Escaped() => Next() switch
    {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\b',
        'f' => '\f',
        'u' => Unicode(),
        var character and ('"' or '\\' or '/') => character,
        _ => throw Expected("a known escape sequence"),
    };

    private char Unicode()
    {
        if (_position + 4 > _text.Length || !ushort.TryParse(
            _text.Substring(_position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            throw Expected("four hexadecimal digits");
        }

        _position += 4;
        return (char)code;
    }

    private object Number()
    {
        var start = _position;
        while (_position < _text.Length && "+-.eE0123456789".IndexOf(_text[_position]) >= 0)
        {
            _position++;
        }

        var text = _text.Substring(start, _position - start);
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return whole;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw Expected("a value");
    }

    private object? Word(string word, object? value)
    {
        if (string.CompareOrdinal(_text, _position, word, 0, word.Length) != 0)
        {
            throw Expected("a value");
        }

        _position += word.Length;
        return value;
    }

    private bool TryTake(char character)
    {
        SkipBlanks();
        if (Peek() != character)
        {
            return false;
        }

        _position++;
        return true;
    }

    private void Take(char character)
    {
        if (!TryTake(character))
        {
            throw Expected($"'{character}'");
        }
    }

    private char Peek() => _position < _text.Length ? _text[_position] : throw Expected("more");

    private char Next()
    {
        var character = Peek();
        _position++;
        return character;
    }

    private void SkipBlanks()
    {
        while (_position < _text.Length && _text[_position] is (' ' or '\t' or '\r' or '\n'))
        {
            _position++;
        }
    }

    private FormatException Expected(string what)
    {
        var line = 1 + _text.Take(Math.Min(_position, _text.Length)).Count(character => character == '\n');
        return new FormatException(string.Format(CultureInfo.InvariantCulture, "line {0} is not JSON: {1} was expected", line, what));
    }
}
