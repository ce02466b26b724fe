using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Vic.Build.Help;

/// <summary>The summaries of an assembly's documentation file: what a new help page begins with.</summary>
internal sealed partial class SourceSummaries
{
    private readonly Dictionary<string, string> _summaries;

    private SourceSummaries(Dictionary<string, string> summaries) => _summaries = summaries;

    /// <summary>Reads the documentation file beside an assembly; without one there are no summaries.</summary>
    public static SourceSummaries Of(Assembly assembly)
    {
        var path = Path.ChangeExtension(assembly.Location, ".xml");
        var members = File.Exists(path) ? XDocument.Load(path).Descendants("member") : [];
        return new SourceSummaries(members
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value, member => Text(member.Element("summary")!), StringComparer.Ordinal));
    }

    public string Of(Type type) => _summaries.GetValueOrDefault($"T:{type.FullName}", "");

    public string Of(PropertyInfo property) => _summaries.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}", "");

    private static string Text(XElement summary)
    {
        var text = string.Concat(summary.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "see" } reference => $"`{LastWord(reference)}`",
            XElement element => $"`{element.Value}`",
            _ => ((XText)node).Value,
        }));
        return WhiteSpace().Replace(text, " ").Trim();
    }

    private static string LastWord(XElement reference)
    {
        var name = (reference.Attribute("cref") ?? reference.Attribute("langword"))!.Value;
        return name[(name.LastIndexOf('.') + 1)..];
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
