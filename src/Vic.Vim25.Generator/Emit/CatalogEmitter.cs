using Vic.Vim25.Generator.Schema;

namespace Vic.Vim25.Generator.Emit;

/// <summary>The tables by which names on the wire find their types.</summary>
internal static class CatalogEmitter
{
    public static string EmitDataTypes(SchemaModel model)
    {
        var code = new CodeWriter();
        code.Open("internal static partial class DataTypes");
        code.Line("/// <summary>The names in ordinal order; a type's number is its index.</summary>");
        code.Line($"private const string NameList = \"{string.Join(" ", model.DataObjects.Select(type => type.WireName))}\";");
        code.Line();
        ChunkedSwitch.Emit(code, "DataObject Create(int id)", "Create", "id", [.. model.DataObjects.Select(type => $"new {type.ClrName}()")]);
        code.Line();
        EmitArrays(code, model);
        code.Close();
        return code.ToString();
    }

    public static string EmitDataLists(SchemaModel model)
    {
        var code = new CodeWriter();
        code.Open("internal static partial class DataLists");
        code.Line("/// <summary>The wire name of the element type of each list.</summary>");
        code.Open("private static readonly Dictionary<System.Type, string> ElementTypes = new()");
        foreach (string name in model.ArrayElements)
        {
            code.Line($"[typeof(List<{model.ClrName(name)}>)] = \"{name}\",");
        }

        code.Close(";");
        code.Close();
        return code.ToString();
    }

    public static string EmitMethods(SchemaModel model)
    {
        var code = new CodeWriter();
        code.Open("public static partial class MethodCatalog");
        code.Open("private static VimRequest? Create(string methodName) => methodName switch");
        foreach ((_, SchemaMethod method) in model.Methods)
        {
            code.Line($"\"{method.WireName}\" => new {RequestEmitter.ClassName(method)}(),");
        }

        code.Line("_ => null,");
        code.Close(";");
        code.Line();
        IEnumerable<string> names = model.Methods.Select(pair => pair.Method.WireName).OrderBy(name => name, StringComparer.Ordinal);
        code.Line($"private const string NameList = \"{string.Join(" ", names)}\";");
        code.Close();
        return code.ToString();
    }

    public static string EmitManagedTypes(SchemaModel model)
    {
        var code = new CodeWriter();
        code.Open("public static partial class ManagedTypeCatalog");
        code.Line("private static ManagedTypeInfo[] CreateAll() =>");
        code.Line("[");
        foreach (SchemaType type in model.ManagedObjects)
        {
            string parent = type.BaseName is null ? "null" : $"\"{type.BaseName}\"";
            IEnumerable<string> properties = type.Properties.Select(property =>
                $"new(\"{property.WireName}\", \"{ValueType(property.Type)}\", {(property.Type.IsArray ? "true" : "false")})");
            code.Line($"    new ManagedTypeInfo(\"{type.WireName}\", {parent}, [{string.Join(", ", properties)}]),");
        }

        code.Line("];");
        code.Close();
        return code.ToString();
    }

    private static string ValueType(TypeReference type) => type.IsReference ? "ManagedObjectReference" : type.Name;

    private static void EmitArrays(CodeWriter code, SchemaModel model)
    {
        HashSet<string> elements = [.. model.ArrayElements];
        code.Line("/// <summary>An empty list for <c>ArrayOf</c> the named data object, where the schema has such an array.</summary>");
        code.Open("internal static System.Collections.IList? CreateList(string elementType)");
        code.Line("int id = Find(elementType);");
        code.Line("return id < 0 ? null : NewList(id);");
        code.Close();
        code.Line();
        ChunkedSwitch.Emit(
            code,
            "System.Collections.IList? NewList(int id)",
            "NewList",
            "id",
            [.. model.DataObjects.Select(type => elements.Contains(type.WireName) ? $"new List<{type.ClrName}>()" : "null")]);
    }
}
