using Vic.Vim25.Generator.Schema;

namespace Vic.Vim25.Generator.Emit;

/// <summary>The request type of a method, which also reads and writes the response.</summary>
internal static class RequestEmitter
{
    public static string ClassName(SchemaMethod method) => Identifiers.Pascal(method.WireName) + "Request";

    public static string ResultType(SchemaModel model, SchemaMethod method) => method.Result switch
    {
        null => "NoResult",
        { IsArray: true } => $"List<{new PropertyCode(model, method.Result).ListElement}>",
        _ => new PropertyCode(model, method.Result).ClrType,
    };

    public static void Emit(CodeWriter code, SchemaModel model, SchemaType type, SchemaMethod method)
    {
        string name = ClassName(method);
        string result = ResultType(model, method);
        code.Line($"/// <summary>Calls <c>{method.WireName}</c> of a <c>{type.WireName}</c>.</summary>");
        code.Open($"public sealed partial class {name} : VimRequest<{result}>");
        code.Line("/// <inheritdoc/>");
        code.Line($"public override string MethodName => \"{method.WireName}\";");
        code.Line();
        code.Line("/// <inheritdoc/>");
        code.Line($"public override string ManagedType => \"{type.WireName}\";");
        code.Line();
        if (method.Namespace != "vim25")
        {
            code.Line($"internal override string Namespace => \"urn:{method.Namespace}\";");
            code.Line();
        }

        MemberEmitter.Emit(code, model, name, method.Parameters);
        code.Line();
        EmitResult(code, model, method, result);
        code.Close();
        code.Line();
    }

    private static void EmitResult(CodeWriter code, SchemaModel model, SchemaMethod method, string result)
    {
        code.Open($"internal override {result} ReadResult(VimXmlReader reader)");
        if (method.Result is null)
        {
            code.Line("while (reader.MoveToChild()) { reader.Skip(); }");
            code.Line("return default;");
            code.Close();
            return;
        }

        var value = new PropertyCode(model, method.Result);
        code.Line(value.IsArray ? $"{result} result = [];" : $"{result.TrimEnd('?')}? result = null;");
        code.Open("while (reader.MoveToChild())");
        code.Line($"if (!reader.NameIs(\"returnval\"u8)) {{ reader.Skip(); continue; }}");
        code.Line(value.IsArray ? $"result.Add({value.ReadElement});" : $"result = {value.ReadElement};");
        code.Close();
        code.Line(value.IsRequiredSingle ? "return result ?? throw MissingResult();" : "return result;");
        code.Close();
        code.Line();
        code.Open($"internal override void WriteResult(VimXmlWriter writer, {result} result)");
        code.Line(value.Write("returnval", "result"));
        code.Close();
    }
}
