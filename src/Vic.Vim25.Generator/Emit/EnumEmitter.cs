using Vic.Vim25.Generator.Schema;

namespace Vic.Vim25.Generator.Emit;

/// <summary>The enums, and one codec for each between value and wire text.</summary>
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
        code.Open("internal static class VimEnums");
        foreach (SchemaType type in model.Enums)
        {
            string zero = type.Values.Contains(Unknown) ? $"\"{Unknown}\"" : "null";
            string names = string.Concat(Named(type).Select(value => $", \"{value}\""));
            code.Line($"internal static readonly EnumCodec<{type.ClrName}> {type.ClrName}Codec = new(\"{type.WireName}\", {zero}{names});");
        }

        code.Line();
        code.Line("/// <summary>All codecs, sorted by wire name.</summary>");
        code.Line($"internal static EnumCodec[] All {{ get; }} = [{string.Join(", ", model.Enums.Select(type => type.ClrName + "Codec"))}];");
        code.Close();
        code.Line();
    }

    private static void EmitTextExtensions(CodeWriter code, SchemaModel model)
    {
        code.Line("/// <summary>The wire's words for enum values, for messages and logs.</summary>");
        code.Open("public static class VimEnumText");
        foreach (SchemaType type in model.Enums)
        {
            code.Line("/// <summary>The word that stands for the value in vim25.</summary>");
            code.Line($"public static string ToWireText(this {type.ClrName} value) => VimEnums.{type.ClrName}Codec.Text(value);");
        }

        code.Close();
    }

    private static IEnumerable<string> Named(SchemaType type) => type.Values.Where(value => value != Unknown);
}
