using Vic.Vim25.Generator.Schema;

namespace Vic.Vim25.Generator.Emit;

/// <summary>A managed object as a client proxy, followed by the requests of its methods.</summary>
internal static class ManagedObjectEmitter
{
    public static string Emit(SchemaModel model, SchemaType type)
    {
        var code = new CodeWriter();
        string parent = type.BaseName is null ? "ManagedObject" : model.ClrName(type.BaseName);
        code.Line($"/// <summary>The vim25 managed object <c>{type.WireName}</c> as a client sees it: its methods, with a reference to call them on.</summary>");
        code.Open($"public partial class {type.ClrName}(VimClient client, ManagedObjectReference reference) : {parent}(client, reference)");
        foreach (SchemaMethod method in type.Methods)
        {
            EmitMethod(code, model, method);
        }

        code.Close();
        code.Line();
        foreach (SchemaMethod method in type.Methods)
        {
            RequestEmitter.Emit(code, model, type, method);
        }

        return code.ToString();
    }

    private static void EmitMethod(CodeWriter code, SchemaModel model, SchemaMethod method)
    {
        string result = RequestEmitter.ResultType(model, method);
        string request = RequestEmitter.ClassName(method);
        List<(SchemaProperty Property, PropertyCode Code)> parameters =
            [.. method.Parameters.Select(parameter => (parameter, new PropertyCode(model, parameter.Type)))];

        // C# wants optional parameters last; the request keeps the order of the wire.
        IEnumerable<string> signature = parameters.OrderBy(parameter => parameter.Code.IsOptional)
            .Select(parameter => $"{parameter.Code.ClrType} {Identifiers.Parameter(parameter.Property.WireName)}"
                + (parameter.Code.IsOptional ? " = null" : ""))
            .Append("CancellationToken cancellationToken = default");
        IEnumerable<string> initialisers = parameters
            .Select(parameter => $"{Identifiers.Member(parameter.Property.WireName, request)} = {Identifiers.Parameter(parameter.Property.WireName)}")
            .Prepend("This = Reference");
        string task = result == "NoResult" ? "Task" : $"Task<{result}>";
        code.Line($"/// <summary>Calls <c>{method.WireName}</c>.</summary>");
        code.Line($"public {task} {Identifiers.Pascal(method.WireName)}Async({string.Join(", ", signature)}) =>");
        code.Line($"    Client.InvokeAsync(new {request} {{ {string.Join(", ", initialisers)} }}, cancellationToken);");
        code.Line();
    }
}
