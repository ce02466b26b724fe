namespace Vic.Testing.Fuzzing;

/// <summary>What a mutator knows of a format: where its pieces end, and which pieces are worth putting in.</summary>
/// <param name="Split">Tells where the piece that begins at an index ends; always further on.</param>
/// <param name="Words">Pieces that mean something to the parser, or ought to.</param>
public sealed record FuzzGrammar(Func<ReadOnlyMemory<byte>, int, int> Split, IReadOnlyList<byte[]> Words)
{
    private const int RunLength = 16;

    /// <summary>XML: a tag is a piece, and so is the text between two tags.</summary>
    public static FuzzGrammar Xml { get; } = new(
        static (input, start) =>
        {
            var span = input.Span;
            var isTag = span[start] == '<';
            var end = span[(start + 1)..].IndexOf(isTag ? (byte)'>' : (byte)'<');
            return end < 0 ? span.Length : start + 1 + end + (isTag ? 1 : 0);
        },
        Texts(
            "<a>", "</a>", "<a/>", "<returnval>", "</returnval>", "<val xsi:type=\"ArrayOfString\">", "<val xsi:type=\"xsd:dateTime\">", "<!DOCTYPE a [<!ENTITY b 'c'>]>",
            "<![CDATA[", "]]>", "<!--", "-->", "<?a", "?>", "&amp;", "&#x10FFFF;", "&#xD800;", "&#0;", "&b;", " xsi:nil=\"true\"", " xsi:type=\"VirtualDisk\"",
            " xsi:type=\"ArrayOfAnyType\"", " type=\"VirtualMachine\"", "-9223372036854775808", "18446744073709551616", "1e309", "NaN", "true", "0001-01-01T00:00:00",
            "9999-12-31T23:59:60.9999999999+14:60", "\uFEFF", "\0"));

    /// <summary>Lines.</summary>
    public static FuzzGrammar Lines(params string[] words) => new(
        static (input, start) => input.Span[start..].IndexOf((byte)'\n') is >= 0 and var end ? start + end + 1 : input.Length,
        Texts(words));

    /// <summary>Bytes without a known structure, in short runs, with words of the format.</summary>
    public static FuzzGrammar Bytes(params byte[][] words) => new(static (input, start) => Math.Min(start + RunLength, input.Length), words);

    private static byte[][] Texts(params string[] texts) => [.. texts.Select(System.Text.Encoding.UTF8.GetBytes)];
}
