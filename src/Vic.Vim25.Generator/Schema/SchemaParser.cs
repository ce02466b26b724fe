using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Vic.Vim25.Generator.Schema;

/// <summary>Reads schema files. The format is described in docs/vim25.md.</summary>
internal sealed class SchemaParser(string path)
{
    private static readonly Regex Header = new(
        @"^(?<kind>data|fault|enum|managed) (?<name>\w+)( as (?<clr>\w+))?( : (?<base>\w+))?$", RegexOptions.CultureInvariant);

    private static readonly Regex Method = new(
        @"^(?<name>\w+)\((?<parameters>[^)]*)\)( -> (?<result>\S+))?( @(?<namespace>\w+))?$", RegexOptions.CultureInvariant);

    private static readonly Regex Property = new(
        @"^(?<name>\w+) (?<type>\S+)$", RegexOptions.CultureInvariant);

    private static readonly Regex Reference = new(
        @"^(?<reference>&)?(?<name>\w*)(?<array>\[\])?(?<optional>\?)?$", RegexOptions.CultureInvariant);

    public List<SchemaType> Types { get; } = [];

    public List<SchemaError> Errors { get; } = [];

    public void Parse(SourceText text)
    {
        SchemaType? current = null;
        foreach (TextLine textLine in text.Lines)
        {
            string line = textLine.ToString().TrimEnd();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            Location location = Location.Create(path, textLine.Span, text.Lines.GetLinePositionSpan(textLine.Span));
            if (line[0] != ' ')
            {
                current = ParseHeader(line, location);
            }
            else if (current is null)
            {
                Errors.Add(new SchemaError(location, "members without a declaration above them"));
            }
            else
            {
                ParseMembers(current, line.Trim(), location);
            }
        }
    }

    private SchemaType? ParseHeader(string line, Location location)
    {
        Match match = Header.Match(line);
        if (!match.Success)
        {
            Errors.Add(new SchemaError(location, "expected 'data|fault|enum|managed Name [as ClrName] [: Base]'"));
            return null;
        }

        SchemaKind kind = match.Groups["kind"].Value switch
        {
            "data" => SchemaKind.Data,
            "fault" => SchemaKind.Fault,
            "enum" => SchemaKind.Enum,
            _ => SchemaKind.Managed,
        };
        var type = new SchemaType(kind, match.Groups["name"].Value, Optional(match, "clr"), Optional(match, "base"), location);
        Types.Add(type);
        return type;
    }

    private void ParseMembers(SchemaType type, string line, Location location)
    {
        if (type.Kind == SchemaKind.Enum)
        {
            type.Values.AddRange(line.Split([' '], StringSplitOptions.RemoveEmptyEntries));
        }
        else if (type.Kind == SchemaKind.Managed && line.Contains('('))
        {
            ParseMethod(type, line, location);
        }
        else
        {
            type.Properties.AddRange(ParseProperties(line, location));
        }
    }

    private void ParseMethod(SchemaType type, string line, Location location)
    {
        Match match = Method.Match(line);
        TypeReference? result = null;
        if (!match.Success || (match.Groups["result"].Success && !TryParseType(match.Groups["result"].Value, out result)))
        {
            Errors.Add(new SchemaError(location, "expected 'Method(name type, ...) [-> type] [@namespace]'"));
            return;
        }

        List<SchemaProperty> parameters = ParseProperties(match.Groups["parameters"].Value, location);
        type.Methods.Add(new SchemaMethod(match.Groups["name"].Value, parameters, result, Optional(match, "namespace") ?? "vim25"));
    }

    private List<SchemaProperty> ParseProperties(string line, Location location)
    {
        var properties = new List<SchemaProperty>();
        foreach (string part in line.Split([','], StringSplitOptions.RemoveEmptyEntries))
        {
            Match match = Property.Match(part.Trim());
            if (match.Success && TryParseType(match.Groups["type"].Value, out TypeReference? reference))
            {
                properties.Add(new SchemaProperty(match.Groups["name"].Value, reference!));
            }
            else
            {
                Errors.Add(new SchemaError(location, $"expected 'name type', found '{part.Trim()}'"));
            }
        }

        return properties;
    }

    private static bool TryParseType(string text, out TypeReference? reference)
    {
        Match match = Reference.Match(text);
        bool isReference = match.Groups["reference"].Success;
        string name = match.Groups["name"].Value;
        reference = match.Success && (isReference || name.Length > 0)
            ? new TypeReference(name, isReference, match.Groups["array"].Success, match.Groups["optional"].Success)
            : null;
        return reference is not null;
    }

    private static string? Optional(Match match, string group) => match.Groups[group].Success ? match.Groups[group].Value : null;
}
