namespace Vic.Vim25;

/// <summary>Translates between the numbers of an enum's values and their words. One class serves all enums, so that little has to be compiled.</summary>
internal sealed class EnumCodec
{
    private readonly int _id;
    private readonly string?[] _words;

    /// <param name="id">The enum's number in the schema.</param>
    /// <param name="entry">The enum's name, then the words in the order of the values; the first is a dot when no word means unknown.</param>
    public EnumCodec(int id, string entry)
    {
        _id = id;
        string[] parts = entry.Split(' ');
        WireType = parts[0];
        _words = [parts[1] == "." ? null : parts[1], .. parts.Skip(2)];
    }

    /// <summary>The enum's name on the wire.</summary>
    public string WireType { get; }

    /// <summary>Reads the element's text; 0 for a word that the schema does not know.</summary>
    public int Read(VimXmlReader reader)
    {
        ReadOnlySpan<byte> text = reader.ReadToken();
        for (int index = 0; index < _words.Length; index++)
        {
            if (_words[index] is { } word && NameTable.Matches(word, text))
            {
                return index;
            }
        }

        return 0;
    }

    /// <summary>Reads the element's text as a value of the enum.</summary>
    public object ReadBoxed(VimXmlReader reader) => VimEnums.Box(_id, Read(reader));

    /// <summary>The word for a value.</summary>
    public string Text(int value) => (uint)value < (uint)_words.Length && _words[value] is { } word
        ? word
        : throw new InvalidOperationException($"{WireType} is not set: it has no word for {value}.");

    /// <summary>The word for a boxed value.</summary>
    public string TextOfBoxed(Enum value) => Text(Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture));
}
