using System.Runtime.CompilerServices;

namespace Vic.Vim25;

/// <summary>Wire text of one enum, for values whose type is only known at run time.</summary>
internal abstract class EnumCodec(string wireType)
{
    /// <summary>The enum's name on the wire.</summary>
    public string WireType { get; } = wireType;

    /// <summary>The enum in C#.</summary>
    public abstract Type ClrType { get; }

    /// <summary>Reads the element's text.</summary>
    public abstract object ReadBoxed(VimXmlReader reader);

    /// <summary>The word for a boxed value.</summary>
    public abstract string TextOfBoxed(object value);
}

/// <summary>Translates between the values of an enum and their words.</summary>
/// <param name="wireType">The enum's name on the wire.</param>
/// <param name="words">The words in the order of the values; the first is the word for <c>Unknown</c>, or null when there is none.</param>
internal sealed class EnumCodec<T>(string wireType, params string?[] words) : EnumCodec(wireType)
    where T : struct, Enum
{
    public override Type ClrType => typeof(T);

    public T Read(VimXmlReader reader)
    {
        ReadOnlySpan<byte> text = reader.ReadToken();
        for (int index = 0; index < words.Length; index++)
        {
            if (words[index] is { } word && NameTable.Matches(word, text))
            {
                return Unsafe.As<int, T>(ref index);
            }
        }

        return default;
    }

    public string Text(T value)
    {
        int index = Unsafe.As<T, int>(ref value);
        return (uint)index < (uint)words.Length && words[index] is { } word
            ? word
            : throw new InvalidOperationException($"{WireType} is not set: it has no word for {value}.");
    }

    public override object ReadBoxed(VimXmlReader reader) => Read(reader);

    public override string TextOfBoxed(object value) => Text((T)value);
}
