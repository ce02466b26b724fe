using System.Collections;
using System.Globalization;

namespace Vic.Vim25;

/// <content>Elements with values. What is null is left out.</content>
internal sealed partial class VimXmlWriter
{
    private const string DateTimeFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'";

    public void Element(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            Open(name);
            Text(value);
            Close(name);
        }
    }

    public void Element(ReadOnlySpan<byte> name, bool? value) => Token(name, value switch { true => "true", false => "false", _ => null });

    public void Element(ReadOnlySpan<byte> name, sbyte? value) => Token(name, value?.ToString(CultureInfo.InvariantCulture));

    public void Element(ReadOnlySpan<byte> name, short? value) => Token(name, value?.ToString(CultureInfo.InvariantCulture));

    public void Element(ReadOnlySpan<byte> name, int? value) => Token(name, value?.ToString(CultureInfo.InvariantCulture));

    public void Element(ReadOnlySpan<byte> name, long? value) => Token(name, value?.ToString(CultureInfo.InvariantCulture));

    public void Element(ReadOnlySpan<byte> name, float? value) => Token(name, value is { } number ? Number(number, number.ToString("R", CultureInfo.InvariantCulture)) : null);

    public void Element(ReadOnlySpan<byte> name, double? value) => Token(name, value is { } number ? Number(number, number.ToString("R", CultureInfo.InvariantCulture)) : null);

    public void Element(ReadOnlySpan<byte> name, DateTime? value) =>
        Token(name, value?.ToUniversalTime().ToString(DateTimeFormat, CultureInfo.InvariantCulture));

    public void Element(ReadOnlySpan<byte> name, byte[]? value) => Token(name, value is null ? null : Convert.ToBase64String(value));

    public void Element(ReadOnlySpan<byte> name, ManagedObjectReference? value)
    {
        if (value is { } reference)
        {
            WriteReference(name, "", reference);
        }
    }

    /// <summary>Writes the word for an enum's value.</summary>
    public void Enum(EnumCodec codec, ReadOnlySpan<byte> name, int? value) => Token(name, value is { } known ? codec.Text(known) : null);

    /// <summary>Writes the words for the values of a list of enums.</summary>
    public void Enums(EnumCodec codec, ReadOnlySpan<byte> name, IList? values)
    {
        foreach (Enum value in values ?? Array.Empty<Enum>())
        {
            Token(name, codec.TextOfBoxed(value));
        }
    }

    public void Elements(ReadOnlySpan<byte> name, List<string>? values)
    {
        foreach (string value in values ?? [])
        {
            Element(name, value);
        }
    }

    public void Elements(ReadOnlySpan<byte> name, List<ManagedObjectReference>? values)
    {
        foreach (ManagedObjectReference value in values ?? [])
        {
            Element(name, value);
        }
    }

    public void Elements(ReadOnlySpan<byte> name, List<sbyte>? values)
    {
        foreach (sbyte value in values ?? [])
        {
            Element(name, value);
        }
    }

    public void Elements(ReadOnlySpan<byte> name, List<short>? values)
    {
        foreach (short value in values ?? [])
        {
            Element(name, value);
        }
    }

    public void Elements(ReadOnlySpan<byte> name, List<int>? values)
    {
        foreach (int value in values ?? [])
        {
            Element(name, value);
        }
    }

    public void Elements(ReadOnlySpan<byte> name, List<long>? values)
    {
        foreach (long value in values ?? [])
        {
            Element(name, value);
        }
    }

    /// <summary>Writes a data object; its type is always named, so that readers which need it (an interface in Go) have it.</summary>
    public void Object(ReadOnlySpan<byte> name, DataObject? value)
    {
        if (value is null)
        {
            return;
        }

        OpenTyped(name, value.WireType);
        Members(value);
        Close(name);
    }

    public void Objects<T>(ReadOnlySpan<byte> name, List<T>? values)
        where T : DataObject
    {
        foreach (T value in values ?? [])
        {
            Object(name, value);
        }
    }

    public void Anys(ReadOnlySpan<byte> name, List<object?>? values)
    {
        foreach (object? value in values ?? [])
        {
            Any(name, value);
        }
    }

    /// <summary>Writes a value together with its type.</summary>
    public void Any(ReadOnlySpan<byte> name, object? value)
    {
        switch (value)
        {
            case null: break;
            case DataObject data: Object(name, data); break;
            case ManagedObjectReference reference: WriteReference(name, " xsi:type=\"ManagedObjectReference\"", reference); break;
            case IList list when value is not byte[]: AnyArray(name, list); break;
            case Enum word: AnyEnum(name, word); break;
            default: AnySimple(name, value); break;
        }
    }

    internal void Members(WireObject value)
    {
        if (++_depth > MaxDepth)
        {
            throw new InvalidOperationException($"Data objects are nested more than {MaxDepth} deep.");
        }

        value.WriteMembers(this);
        _depth--;
    }

    private void AnySimple(ReadOnlySpan<byte> name, object value)
    {
        (string type, string text) = value switch
        {
            string item => ("xsd:string", item),
            bool item => ("xsd:boolean", item ? "true" : "false"),
            sbyte item => ("xsd:byte", item.ToString(CultureInfo.InvariantCulture)),
            short item => ("xsd:short", item.ToString(CultureInfo.InvariantCulture)),
            int item => ("xsd:int", item.ToString(CultureInfo.InvariantCulture)),
            long item => ("xsd:long", item.ToString(CultureInfo.InvariantCulture)),
            float item => ("xsd:float", Number(item, item.ToString("R", CultureInfo.InvariantCulture))),
            double item => ("xsd:double", Number(item, item.ToString("R", CultureInfo.InvariantCulture))),
            DateTime item => ("xsd:dateTime", item.ToUniversalTime().ToString(DateTimeFormat, CultureInfo.InvariantCulture)),
            byte[] item => ("xsd:base64Binary", Convert.ToBase64String(item)),
            _ => throw new InvalidOperationException($"vim25 has no type for a value of {value.GetType()}."),
        };
        OpenTyped(name, type);
        Text(text);
        Close(name);
    }

    private void AnyEnum(ReadOnlySpan<byte> name, Enum value)
    {
        EnumCodec codec = VimEnums.Of(value);
        OpenTyped(name, codec.WireType);
        Text(codec.TextOfBoxed(value));
        Close(name);
    }

    private void AnyArray(ReadOnlySpan<byte> name, IList list)
    {
        (string type, Action<VimXmlWriter> elements) = list switch
        {
            List<string> items => ("String", writer => writer.Elements("string"u8, items)),
            List<ManagedObjectReference> items => ("ManagedObjectReference", writer => writer.Elements("ManagedObjectReference"u8, items)),
            List<sbyte> items => ("Byte", writer => writer.Elements("byte"u8, items)),
            List<short> items => ("Short", writer => writer.Elements("short"u8, items)),
            List<int> items => ("Int", writer => writer.Elements("int"u8, items)),
            List<long> items => ("Long", writer => writer.Elements("long"u8, items)),
            List<object?> items => ("AnyType", (Action<VimXmlWriter>)(writer => writer.Anys("anyType"u8, items))),
            _ => DataArray(list),
        };
        OpenTyped(name, "ArrayOf" + type);
        elements(this);
        Close(name);
    }

    private static (string Type, Action<VimXmlWriter> Elements) DataArray(IList list)
    {
        string type = DataLists.ElementType(list) ?? throw new InvalidOperationException($"vim25 has no array for {list.GetType()}.");
        byte[] element = System.Text.Encoding.ASCII.GetBytes(type);
        return (type, writer =>
        {
            foreach (object? item in list)
            {
                if (item is DataObject data)
                {
                    writer.Object(element, data);
                }
                else if (item is Enum word)
                {
                    writer.Token(element, VimEnums.Of(word).TextOfBoxed(word));
                }
            }
        });
    }

    private void WriteReference(ReadOnlySpan<byte> name, string attributes, ManagedObjectReference reference)
    {
        if (reference.IsEmpty)
        {
            throw new InvalidOperationException("A managed object reference that is required is not set.");
        }

        OpenTag(name);
        Raw(attributes);
        Raw(" type=\""u8);
        Text(reference.Type);
        Raw("\">"u8);
        Text(reference.Value);
        Close(name);
    }

    private void OpenTyped(ReadOnlySpan<byte> name, string type)
    {
        OpenTag(name);
        Raw(" xsi:type=\""u8);
        Raw(type);
        Raw("\">"u8);
    }

    private void Token(ReadOnlySpan<byte> name, string? token)
    {
        if (token is not null)
        {
            Open(name);
            Raw(token);
            Close(name);
        }
    }

    private static string Number(double value, string text) => value switch
    {
        double.PositiveInfinity => "INF",
        double.NegativeInfinity => "-INF",
        _ => text,
    };
}
