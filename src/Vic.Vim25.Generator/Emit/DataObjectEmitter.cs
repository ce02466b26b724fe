using Vic.Vim25.Generator.Schema;

namespace Vic.Vim25.Generator.Emit;

/// <summary>A data object or fault as a class.</summary>
internal static class DataObjectEmitter
{
    public static string Emit(SchemaModel model, SchemaType type)
    {
        var code = new CodeWriter();
        bool isLeaf = !model.DataObjects.Any(other => other.BaseName == type.WireName);
        string word = type.Kind == SchemaKind.Fault ? "fault" : "data object";
        code.Line($"/// <summary>The vim25 {word} <c>{type.WireName}</c>.</summary>");
        string parent = type.BaseName is null ? "DataObject" : model.ClrName(type.BaseName);
        code.Open($"public {(isLeaf ? "sealed " : "")}partial class {type.ClrName} : {parent}");
        code.Line($"/// <inheritdoc/>");
        code.Line($"public override string WireType => \"{type.WireName}\";");
        code.Line();
        MemberEmitter.Emit(code, model, type.ClrName, type.Properties);
        code.Close();
        return code.ToString();
    }
}
