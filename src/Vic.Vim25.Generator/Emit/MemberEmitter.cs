using Vic.Vim25.Generator.Schema;

namespace Vic.Vim25.Generator.Emit;

/// <summary>Properties with their reader, writer and lookup: the part that data objects and requests share.</summary>
internal static class MemberEmitter
{
    public static void Emit(CodeWriter code, SchemaModel model, string typeName, IReadOnlyList<SchemaProperty> properties)
    {
        List<(string Wire, string Clr, PropertyCode Code)> members =
            [.. properties.Select(property =>
                (property.WireName, Identifiers.Member(property.WireName, typeName), new PropertyCode(model, property.Type)))];

        foreach ((_, string clr, PropertyCode property) in members)
        {
            code.Line($"public {property.ClrType} {clr} {property.Accessors}");
        }

        if (members.Count == 0)
        {
            return;
        }

        code.Line();
        code.Open("internal override bool ReadMember(VimXmlReader reader)");
        code.Open("switch (reader.NameHash)");
        foreach ((string wire, string clr, PropertyCode property) in members)
        {
            code.Line($"case {Identifiers.Hash(wire)} when reader.NameIs(\"{wire}\"u8): {property.Read(clr)} return true;");
        }

        code.Line("default: return base.ReadMember(reader);");
        code.Close();
        code.Close();
        code.Line();
        code.Open("internal override void WriteMembers(VimXmlWriter writer)");
        code.Line("base.WriteMembers(writer);");
        foreach ((string wire, string clr, PropertyCode property) in members)
        {
            code.Line(property.Write(wire, clr));
        }

        code.Close();
        code.Line();
        code.Open("public override bool TryGetProperty(string name, out object? value)");
        code.Open("switch (name)");
        foreach ((string wire, string clr, _) in members)
        {
            code.Line($"case \"{wire}\": value = {clr}; return true;");
        }

        code.Line("default: return base.TryGetProperty(name, out value);");
        code.Close();
        code.Close();
    }
}
