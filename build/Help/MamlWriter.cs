using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Vic.Build.Help;

/// <summary>Help pages in MAML, the XML that every edition's <c>Get-Help</c> reads.</summary>
internal static partial class MamlWriter
{
    private static readonly XNamespace Root = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static string Write(IEnumerable<HelpPage> pages)
    {
        var items = new XElement(Root + "helpItems", new XAttribute("schema", "maml"), pages.Select(Page));
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{items}\n".ReplaceLineEndings("\n");
    }

    private static XElement Page(HelpPage page)
    {
        var words = page.Name.Split('-', 2);
        return new XElement(
            Command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            new XElement(
                Command + "details",
                new XElement(Command + "name", page.Name),
                new XElement(Command + "verb", words[0]),
                new XElement(Command + "noun", words[1]),
                Description(page.Synopsis)),
            Description(page.Description),
            new XElement(Command + "syntax", page.Syntax.Select(syntax => Syntax(page, syntax))),
            new XElement(Command + "parameters", page.Parameters.Select(parameter => Parameter(page, parameter, set: null))),
            new XElement(Command + "inputTypes", page.Inputs.Select(type => Type("inputType", type))),
            new XElement(Command + "returnValues", page.Outputs.Select(type => Type("returnValue", type))),
            page.Notes.Length == 0 ? null : new XElement(Maml + "alertSet", new XElement(Maml + "alert", Lines(page.Notes))),
            new XElement(Command + "examples", page.Examples.Select(Example)),
            new XElement(Command + "relatedLinks", Links(page)));
    }

    private static XElement Syntax(HelpPage page, SyntaxFacts syntax)
    {
        var order = ParameterName().Matches(syntax.Text).Select(match => match.Groups[1].Value);
        var parameters = page.Parameters.ToDictionary(parameter => parameter.Facts.Name);
        return new XElement(
            Command + "syntaxItem",
            new XElement(Maml + "name", page.Name),
            order.Select(name => Parameter(page, parameters[name], syntax.ParameterSet)));
    }

    /// <param name="set">The parameter set of a syntax; null for the parameter as such, which is required when every set requires it.</param>
    private static XElement Parameter(HelpPage page, HelpParameter parameter, string? set)
    {
        var facts = parameter.Facts;
        var bindings = facts.Sets.Where(binding => set is null || binding.Name == set || binding.Name == "(All)").ToList();
        var isSwitch = facts.Type == "System.Management.Automation.SwitchParameter";
        return new XElement(
            Command + "parameter",
            new XAttribute("required", bindings.TrueForAll(binding => binding.IsRequired)),
            new XAttribute("variableLength", facts.Type.EndsWith("[]", StringComparison.Ordinal)),
            new XAttribute("globbing", facts.SupportsWildcards),
            new XAttribute("pipelineInput", PipelineInput(bindings)),
            new XAttribute("position", bindings[0].Position.ToLowerInvariant()),
            new XAttribute("aliases", facts.Aliases.Count == 0 ? "none" : string.Join(", ", facts.Aliases)),
            new XElement(Maml + "name", facts.Name),
            Description(parameter.Description),
            facts.AcceptedValues.Count == 0 ? null : new XElement(
                Command + "parameterValueGroup",
                facts.AcceptedValues.Select(value => Value(value))),
            isSwitch ? null : Value(ShortType(page, facts)),
            new XElement(Dev + "type", new XElement(Maml + "name", facts.Type), new XElement(Maml + "uri")),
            facts.DefaultValue.Length == 0 ? null : new XElement(Dev + "defaultValue", facts.DefaultValue));
    }

    private static XElement Value(string text) =>
        new(Command + "parameterValue", new XAttribute("required", true), new XAttribute("variableLength", false), text);

    // The syntax shows a type by the word that an admin types.
    private static string ShortType(HelpPage page, ParameterFacts facts) => page.Syntax
        .Select(syntax => Regex.Match(syntax.Text, $@"-{facts.Name}\]? <([^>]+)>").Groups[1].Value)
        .First(type => type.Length > 0);

    private static string PipelineInput(List<ParameterSetFacts> bindings)
    {
        string[] ways =
        [
            .. bindings.Exists(binding => binding.ValueFromPipeline) ? ["ByValue"] : Array.Empty<string>(),
            .. bindings.Exists(binding => binding.ValueFromPipelineByPropertyName) ? ["ByPropertyName"] : Array.Empty<string>(),
        ];
        return ways.Length == 0 ? "false" : $"true ({string.Join(", ", ways)})";
    }

    private static XElement Type(string element, HelpType type) => new(
        Command + element,
        new XElement(Dev + "type", new XElement(Maml + "name", type.Name), new XElement(Maml + "uri")),
        Description(type.Description));

    private static XElement Example(HelpExample example) => new(
        Command + "example",
        new XElement(Maml + "title", $"--------- {PlainText.Plain(example.Title)} ---------"),
        new XElement(Dev + "code", example.Code),
        new XElement(Dev + "remarks", Lines(example.Remarks)));

    // "Online Version:" is the link that Get-Help -Online opens.
    private static IEnumerable<XElement> Links(HelpPage page)
    {
        if (page.HelpUri.Length > 0)
        {
            yield return Link("Online Version:", page.HelpUri);
        }

        // An address within the repository means nothing in a console.
        foreach (var (text, address) in PlainText.Links(page.Links))
        {
            yield return Link(text, address.StartsWith("https://", StringComparison.Ordinal) ? address : "");
        }
    }

    private static XElement Link(string text, string address) =>
        new(Maml + "navigationLink", new XElement(Maml + "linkText", text), new XElement(Maml + "uri", address));

    private static XElement Description(string markdown) => new(Maml + "description", Lines(markdown));

    private static IEnumerable<XElement> Lines(string markdown) =>
        PlainText.Paragraphs(markdown).Select(paragraph => new XElement(Maml + "para", paragraph));

    [GeneratedRegex(@"(?<=[ \[])-(\w+)")]
    private static partial Regex ParameterName();
}
