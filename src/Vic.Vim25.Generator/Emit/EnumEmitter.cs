using Vic.Vim25.Generator.Schema;

namespace Vic.Vim25.Generator.Emit;

/// <summary>The enums, and the table of their words.</summary>
internal static class EnumEmitter
{
    private const string Unknown = "unknown";

    public static string Emit(SchemaModel model)
    {
        var code = new CodeWriter();
        foreach (SchemaType type in model.Enums)
        {
            code.Line($"/// <summary>The vim25 enum <c>{type.WireName}</c>.</summary>");
            code.Open($"public enum {type.ClrName}");
            code.Line("/// <summary>Not set, or a word that this version of the schema does not know.</summary>");
            code.Line("Unknown = 0,");
            foreach (string value in Named(type))
            {
                code.Line($"{Identifiers.Pascal(value)},");
            }

            code.Close();
            code.Line();
        }

        EmitCodecs(code, model);
        EmitTextExtensions(code, model);
        return code.ToString();
    }

    private static void EmitCodecs(CodeWriter code, SchemaModel model)
    {
        code.Open("internal static partial class VimEnums");
        code.Line("/// <summary>Each enum's name and words, in the order of their numbers.</summary>");
        code.Line($"private const string Table = \"{string.Join(";", model.Enums.Select(Entry))}\";");
        code.Line();
        ChunkedSwitch.Emit(
            code,
            "object Box(int id, int value)",
            "Box",
            "id, value",
            [.. model.Enums.Select(type => $"({type.ClrName})value")]);
        code.Line();
        code.Line("/// <summary>An empty list for <c>ArrayOf</c> the named enum, where the schema has such an array.</summary>");
        code.Open("internal static System.Collections.IList? CreateList(string elementType) => elementType switch");
        foreach (string name in model.ArrayElements.Where(model.IsEnum))
        {
            code.Line($"\"{name}\" => new List<{model.ClrName(name)}>(),");
        }

        code.Line("_ => null,");
        code.Close(";");
        code.Close();
        code.Line();
    }

    private static string Entry(SchemaType type) =>
        $"{type.WireName} {(type.Values.Contains(Unknown) ? Unknown : ".")}{string.Concat(Named(type).Select(value => " " + value))}";

    private static void EmitTextExtensions(CodeWriter code, SchemaModel model)
    {
        code.Line("/// <summary>The wire's words for enum values, for messages and logs.</summary>");
        code.Open("public static class VimEnumText");
        foreach (SchemaType type in model.Enums)
        {
            code.Line("/// <summary>The word that stands for the value in vim25.</summary>");
            code.Line($"public static string ToWireText(this {type.ClrName} value) => VimEnums.Get({model.EnumId(type.WireName)}).Text((int)value);");
        }

        code.Close();
    }

    private static IEnumerable<string> Named(SchemaType type) => type.Values.Where(value => value != Unknown);
}
