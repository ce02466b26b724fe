using Microsoft.CodeAnalysis;

namespace Vic.Vim25.Generator.Schema;

/// <summary>All declarations of all schema files, checked against each other.</summary>
internal sealed class SchemaModel
{
    private static readonly HashSet<string> Primitives = new(StringComparer.Ordinal)
    {
        "string", "boolean", "byte", "short", "int", "long", "float", "double", "dateTime", "base64Binary", "anyType",
    };

    // A task's result is an anyType, so no declaration shows that it is an array of these.
    private static readonly string[] TaskResultElements = ["HostDatastoreBrowserSearchResults"];

    private readonly Dictionary<string, SchemaType> _types = new(StringComparer.Ordinal);

    private readonly Dictionary<string, int> _dataIds = new(StringComparer.Ordinal);

    private readonly Dictionary<string, int> _enumIds = new(StringComparer.Ordinal);

    public SchemaModel(IEnumerable<SchemaType> types)
    {
        foreach (SchemaType type in types)
        {
            if (_types.ContainsKey(type.WireName))
            {
                Errors.Add(new SchemaError(type.Location, $"'{type.WireName}' is declared twice"));
            }
            else
            {
                _types.Add(type.WireName, type);
            }
        }

        DataObjects = Sorted(type => type.IsDataObject);
        Enums = Sorted(type => type.Kind == SchemaKind.Enum);
        ManagedObjects = Sorted(type => type.Kind == SchemaKind.Managed);
        for (int index = 0; index < DataObjects.Count; index++)
        {
            _dataIds.Add(DataObjects[index].WireName, index);
        }

        for (int index = 0; index < Enums.Count; index++)
        {
            _enumIds.Add(Enums[index].WireName, index);
        }

        foreach (SchemaType type in _types.Values)
        {
            Check(type);
        }
    }

    public IReadOnlyList<SchemaType> DataObjects { get; }

    public IReadOnlyList<SchemaType> Enums { get; }

    public IReadOnlyList<SchemaType> ManagedObjects { get; }

    public List<SchemaError> Errors { get; } = [];

    public bool IsEnum(string name) => _types.TryGetValue(name, out SchemaType? type) && type.Kind == SchemaKind.Enum;

    public static bool IsPrimitive(string name) => Primitives.Contains(name);

    /// <summary>The number by which generated code names a data object's type.</summary>
    public int DataId(string name) => _dataIds[name];

    /// <summary>The number by which generated code names an enum.</summary>
    public int EnumId(string name) => _enumIds[name];

    public string ClrName(string wireName) => _types[wireName].ClrName;

    /// <summary>A method by its wire name occurs once: the lab finds the request's type by it.</summary>
    public IEnumerable<(SchemaType Type, SchemaMethod Method)> Methods =>
        ManagedObjects.SelectMany(type => type.Methods.Select(method => (type, method)));

    /// <summary>The element types that occur in arrays that can be a property's value or a task's result, so <c>ArrayOf...</c> can be read.</summary>
    public IEnumerable<string> ArrayElements =>
        DataObjects.Concat(ManagedObjects)
            .SelectMany(type => type.Properties)
            .Where(property => property.Type is { IsArray: true, IsReference: false } && !IsPrimitive(property.Type.Name))
            .Select(property => property.Type.Name)
            .Concat(TaskResultElements.Where(_types.ContainsKey))
            .Distinct(StringComparer.Ordinal)
            .OrderBy(name => name, StringComparer.Ordinal);

    private List<SchemaType> Sorted(Func<SchemaType, bool> predicate) =>
        [.. _types.Values.Where(predicate).OrderBy(type => type.WireName, StringComparer.Ordinal)];

    private void Check(SchemaType type)
    {
        if (type.BaseName is not null && !(_types.TryGetValue(type.BaseName, out SchemaType? parent) && IsBase(parent, type)))
        {
            Errors.Add(new SchemaError(type.Location, $"'{type.WireName}' derives from '{type.BaseName}', which is no type of its kind"));
        }

        IEnumerable<TypeReference> used = type.Properties.Select(property => property.Type)
            .Concat(type.Methods.SelectMany(method => method.Parameters.Select(parameter => parameter.Type)))
            .Concat(type.Methods.Where(method => method.Result is not null).Select(method => method.Result!));
        foreach (TypeReference reference in used.Where(reference => !IsKnown(reference)))
        {
            Errors.Add(new SchemaError(type.Location, $"'{type.WireName}' uses '{reference.Name}', which is not declared"));
        }
    }

    private static bool IsBase(SchemaType parent, SchemaType type) =>
        parent.Kind == type.Kind || (parent.Kind == SchemaKind.Data && type.Kind == SchemaKind.Fault);

    private bool IsKnown(TypeReference reference) =>
        reference.IsReference
        || IsPrimitive(reference.Name)
        || (_types.TryGetValue(reference.Name, out SchemaType? type) && type.Kind != SchemaKind.Managed);
}
