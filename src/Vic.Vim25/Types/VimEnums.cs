namespace Vic.Vim25;

/// <summary>The enums of the schema, by the number that generated code gives them.</summary>
internal static partial class VimEnums
{
    private static readonly string[] Entries = Table.Split(';');

    private static readonly EnumCodec?[] Codecs = new EnumCodec?[Entries.Length];

    private static readonly NameTable Ids = new([.. Entries.Select(entry => entry.Substring(0, entry.IndexOf(' ')))]);

    /// <summary>The codec of an enum; made when it is first used, by whoever comes.</summary>
    public static EnumCodec Get(int id) => Codecs[id] ??= new EnumCodec(id, Entries[id]);

    /// <summary>The codec of the named enum, or null.</summary>
    public static EnumCodec? Find(uint hash, ReadOnlySpan<byte> name) => Ids.Find(hash, name) is >= 0 and var id ? Get(id) : null;

    /// <inheritdoc cref="Find(uint, ReadOnlySpan{byte})"/>
    public static EnumCodec? Find(string name) => Ids.Find(name) is >= 0 and var id ? Get(id) : null;

    /// <summary>The codec of a value's enum; an enum has the same name in C# as on the wire.</summary>
    public static EnumCodec Of(Enum value) =>
        Find(value.GetType().Name) ?? throw new InvalidOperationException($"vim25 has no enum {value.GetType()}.");
}
