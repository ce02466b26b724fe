using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Vic.Vim25;

/// <content>Values: XML Schema's simple types, references, data objects, and <c>anyType</c>.</content>
internal sealed partial class VimXmlReader
{
    /// <summary>XML Schema's types in the order of <see cref="ReadSimple"/>.</summary>
    private static readonly NameTable SimpleTypes = new(
        ["string", "anyURI", "boolean", "byte", "short", "int", "long", "float", "double", "dateTime", "base64Binary", "ManagedObjectReference"]);

    public string ReadString()
    {
        ReadText();
        return _strings.Get(_text, _textStart, _textLength);
    }

    public bool ReadBoolean()
    {
        ReadOnlySpan<byte> token = ReadToken();
        if (token.SequenceEqual("true"u8) || token.SequenceEqual("1"u8))
        {
            return true;
        }

        return token.SequenceEqual("false"u8) || token.SequenceEqual("0"u8) ? false : throw WrongType("boolean");
    }

    public sbyte ReadSByte()
    {
        ReadOnlySpan<byte> token = ReadToken();
        return Utf8Parser.TryParse(token, out sbyte value, out int used) && used == token.Length ? value : throw WrongType("byte");
    }

    public short ReadInt16()
    {
        ReadOnlySpan<byte> token = ReadToken();
        return Utf8Parser.TryParse(token, out short value, out int used) && used == token.Length ? value : throw WrongType("short");
    }

    public int ReadInt32()
    {
        ReadOnlySpan<byte> token = ReadToken();
        return Utf8Parser.TryParse(token, out int value, out int used) && used == token.Length ? value : throw WrongType("int");
    }

    public long ReadInt64()
    {
        ReadOnlySpan<byte> token = ReadToken();
        return Utf8Parser.TryParse(token, out long value, out int used) && used == token.Length ? value : throw WrongType("long");
    }

    public float ReadSingle() => (float)ReadDouble();

    public double ReadDouble()
    {
        ReadOnlySpan<byte> token = ReadToken();
        if (token.SequenceEqual("INF"u8))
        {
            return double.PositiveInfinity;
        }

        if (token.SequenceEqual("-INF"u8))
        {
            return double.NegativeInfinity;
        }

        return Utf8Parser.TryParse(token, out double value, out int used) && used == token.Length ? value : throw WrongType("double");
    }

    /// <summary>Reads a moment; one without a zone is taken as UTC, which is what vSphere means.</summary>
    public DateTime ReadDateTime()
    {
        string token = Ascii(ReadToken());
        return DateTimeOffset.TryParse(
            token, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset value)
            ? value.UtcDateTime
            : throw WrongType("dateTime");
    }

    public byte[] ReadBase64()
    {
        string token = Ascii(ReadToken());
        try
        {
            return Convert.FromBase64String(token);
        }
        catch (FormatException)
        {
            throw WrongType("base64Binary");
        }
    }

    public ManagedObjectReference ReadReference()
    {
        string type = _strings.Get(_buffer, _referenceTypeStart, _referenceTypeLength);
        return new ManagedObjectReference(type, ReadString());
    }

    /// <summary>
    /// Reads a data object as the type that it says it has, when that is known and fits, and as the declared type otherwise, which
    /// loses only what a newer server added.
    /// </summary>
    public T ReadObject<T>(int declaredType)
        where T : DataObject
    {
        T? value = null;
        if (_typeLength > 0)
        {
            int actualType = DataTypes.Find(NameTable.Hash(TypeName), TypeName);
            value = actualType >= 0 ? DataTypes.Create(actualType) as T : null;
        }

        if (value is null)
        {
            value = (T)DataTypes.Create(declaredType);
            (value as MethodFault)?.KeepUnknownType(TypeName);
        }

        value.ReadMembers(this);
        return value;
    }

    /// <summary>Reads a value of any type by its <c>xsi:type</c>. One of an unknown type is skipped and reads as null.</summary>
    [MethodImpl(Hot)]
    public object? ReadAny()
    {
        if (IsNil)
        {
            Skip();
            return null;
        }

        ReadOnlySpan<byte> type = TypeName;
        if (type.Length == 0)
        {
            return ReadString();
        }

        uint hash = NameTable.Hash(type);
        int simple = SimpleTypes.Find(hash, type);
        if (simple >= 0)
        {
            return ReadSimple(simple);
        }

        int data = DataTypes.Find(hash, type);
        if (data >= 0)
        {
            DataObject value = DataTypes.Create(data);
            value.ReadMembers(this);
            return value;
        }

        if (VimEnums.Find(hash, type) is { } codec)
        {
            return codec.ReadBoxed(this);
        }

        if (type.StartsWith("ArrayOf"u8))
        {
            return ReadArray(Ascii(type.Slice("ArrayOf"u8.Length)));
        }

        Skip();
        return null;
    }

    /// <summary>
    /// Reads the element in a SOAP fault's detail. Its type is in <c>xsi:type</c>; some servers leave that to the element's name, which is
    /// the type's with <c>Fault</c> behind it.
    /// </summary>
    public MethodFault ReadFault()
    {
        int declared = -1;
        if (_typeLength == 0 && Name.EndsWith("Fault"u8))
        {
            ReadOnlySpan<byte> type = Name.Slice(0, Name.Length - "Fault"u8.Length);
            declared = DataTypes.Find(NameTable.Hash(type), type);
        }

        bool isFault = declared >= 0 && DataTypes.Create(declared) is MethodFault;
        return ReadObject<MethodFault>(isFault ? declared : DataTypes.Find("MethodFault"));
    }

    /// <summary>The current element's name as a string.</summary>
    public string ReadName() => Ascii(Name);

    internal static string Ascii(ReadOnlySpan<byte> bytes)
    {
        Span<char> characters = bytes.Length <= 128 ? stackalloc char[bytes.Length] : new char[bytes.Length];
        for (int index = 0; index < bytes.Length; index++)
        {
            characters[index] = (char)bytes[index];
        }

        return characters.ToString();
    }

    private object ReadSimple(int type) => type switch
    {
        2 => ReadBoolean(),
        3 => ReadSByte(),
        4 => ReadInt16(),
        5 => ReadInt32(),
        6 => ReadInt64(),
        7 => ReadSingle(),
        8 => ReadDouble(),
        9 => ReadDateTime(),
        10 => ReadBase64(),
        11 => ReadReference(),
        _ => ReadString(),
    };

    private object? ReadArray(string elementType)
    {
        switch (elementType)
        {
            case "String" or "AnyURI": return ReadList(static reader => reader.ReadString());
            case "Boolean": return ReadList(static reader => reader.ReadBoolean());
            case "Byte": return ReadList(static reader => reader.ReadSByte());
            case "Short": return ReadList(static reader => reader.ReadInt16());
            case "Int": return ReadList(static reader => reader.ReadInt32());
            case "Long": return ReadList(static reader => reader.ReadInt64());
            case "Float": return ReadList(static reader => reader.ReadSingle());
            case "Double": return ReadList(static reader => reader.ReadDouble());
            case "DateTime": return ReadList(static reader => reader.ReadDateTime());
            case "Base64Binary": return ReadList(static reader => reader.ReadBase64());
            case "ManagedObjectReference": return ReadList(static reader => reader.ReadReference());
            case "AnyType": return ReadList(static reader => reader.ReadAny());
        }

        if (DataTypes.CreateList(elementType) is { } objects)
        {
            int type = DataTypes.Find(elementType);
            while (MoveToChild())
            {
                DataTypes.AddTo(objects, ReadObject<DataObject>(type));
            }

            return objects;
        }

        if (VimEnums.Find(elementType) is { } codec && VimEnums.CreateList(elementType) is { } words)
        {
            while (MoveToChild())
            {
                words.Add(codec.ReadBoxed(this));
            }

            return words;
        }

        Skip();
        return null;
    }

    private List<T> ReadList<T>(Func<VimXmlReader, T> read)
    {
        List<T> list = [];
        while (MoveToChild())
        {
            list.Add(read(this));
        }

        return list;
    }

    private static VimProtocolException WrongType(string type) => new($"a value is not of XML Schema's type {type}");
}
