using Vic.Vim25.Generator.Schema;

namespace Vic.Vim25.Generator.Emit;

/// <summary>The C# of one property, parameter or result: its type, and how it is read and written.</summary>
internal sealed class PropertyCode
{
    private readonly TypeReference _type;
    private readonly string _element;
    private readonly string _codec;
    private readonly bool _isValueType;

    public PropertyCode(SchemaModel model, TypeReference type)
    {
        _type = type;
        (_element, ReadElement, _isValueType) = type switch
        {
            { IsReference: true } => ("ManagedObjectReference", "reader.ReadReference()", true),
            { Name: "string" } => ("string", "reader.ReadString()", false),
            { Name: "boolean" } => ("bool", "reader.ReadBoolean()", true),
            { Name: "byte" } => ("sbyte", "reader.ReadSByte()", true),
            { Name: "short" } => ("short", "reader.ReadInt16()", true),
            { Name: "int" } => ("int", "reader.ReadInt32()", true),
            { Name: "long" } => ("long", "reader.ReadInt64()", true),
            { Name: "float" } => ("float", "reader.ReadSingle()", true),
            { Name: "double" } => ("double", "reader.ReadDouble()", true),
            { Name: "dateTime" } => ("System.DateTime", "reader.ReadDateTime()", true),
            { Name: "base64Binary" } => ("byte[]", "reader.ReadBase64()", false),
            { Name: "anyType" } => ("object", "reader.ReadAny()", false),
            _ when model.IsEnum(type.Name) => (type.Name, $"({type.Name})VimEnums.Get({model.EnumId(type.Name)}).Read(reader)", true),
            _ => (model.ClrName(type.Name), $"reader.ReadObject<{model.ClrName(type.Name)}>({model.DataId(type.Name)})", false),
        };
        _codec = !type.IsReference && model.IsEnum(type.Name) ? $"VimEnums.Get({model.EnumId(type.Name)}), " : "";
        Writer = type switch
        {
            { IsReference: false, Name: "anyType" } => "Any",
            { IsReference: false } when !SchemaModel.IsPrimitive(type.Name) => model.IsEnum(type.Name) ? "Enum" : "Object",
            _ => "Element",
        };
    }

    /// <summary>The expression that reads one element and moves behind it.</summary>
    public string ReadElement { get; }

    /// <summary>The stem of the writer's method: <c>Element</c>, <c>Object</c>, <c>Enum</c> or <c>Any</c>.</summary>
    private string Writer { get; }

    public bool IsArray => _type.IsArray;

    /// <summary>May the caller leave the value out?</summary>
    public bool IsOptional => _type.IsOptional || (!_type.IsArray && _element == "object");

    /// <summary>A value that is never null and has to be there.</summary>
    public bool IsRequiredSingle => !IsArray && !IsOptional;

    public string ListElement => _element == "object" ? "object?" : _element;

    public string ClrType => (IsArray ? $"List<{ListElement}>" : _element) + (IsOptional ? "?" : "");

    /// <summary>The accessors, and the value that a required property has before it is set.</summary>
    public string Accessors => this switch
    {
        { IsOptional: true } => "{ get; set; }",
        { IsArray: true } => "{ get => field ??= []; set; }",
        _ when _isValueType => "{ get; set; }",
        _ when _element == "string" => "{ get; set; } = \"\";",
        _ when _element == "byte[]" => "{ get; set; } = [];",
        _ => $"{{ get => field ??= new {_element}(); set; }}",
    };

    public string Read(string member) => this switch
    {
        { IsArray: true, IsOptional: true } => $"({member} ??= []).Add({ReadElement});",
        { IsArray: true } => $"{member}.Add({ReadElement});",
        _ => $"{member} = {ReadElement};",
    };

    public string Write(string wireName, string member)
    {
        string cast = Writer == "Enum" && !IsArray ? "(int?)" : "";
        return $"writer.{Writer}{(IsArray ? "s" : "")}({_codec}\"{wireName}\"u8, {cast}{member});";
    }
}
