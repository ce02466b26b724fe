namespace Vic.Build.Help;

/// <summary>The help of one cmdlet: prose by people, and what follows from the compiled module.</summary>
internal sealed record HelpPage(
    string Name,
    string HelpUri,
    string Date,
    string Synopsis,
    IReadOnlyList<SyntaxFacts> Syntax,
    IReadOnlyList<string> Aliases,
    string Description,
    IReadOnlyList<HelpExample> Examples,
    IReadOnlyList<HelpParameter> Parameters,
    IReadOnlyList<HelpType> Inputs,
    IReadOnlyList<HelpType> Outputs,
    string Notes,
    string Links)
{
    /// <summary>Stands where a person has to write; a test finds it.</summary>
    public const string ToBeWritten = "{{ Fill in }}";

    /// <summary>The page of a cmdlet that has none yet: what its source says, and marks where more is to be written.</summary>
    public static HelpPage New(CommandFacts command, DateOnly today) => new HelpPage(
        command.Name,
        HelpUri: "",
        today.ToString("MM/dd/yyyy", System.Globalization.CultureInfo.InvariantCulture),
        Prose(command.Summary),
        [],
        [],
        ToBeWritten,
        [
            new($"Example 1: {ToBeWritten}", $"```powershell\n{command.Name}\n```\n\n{ToBeWritten}"),
            new($"Example 2: {ToBeWritten}", $"```powershell\n{command.Name}\n```\n\n{ToBeWritten}"),
        ],
        [],
        [],
        [],
        Notes: "",
        "- [about_VIC](about/about_VIC.md)").With(command);

    /// <summary>The page with all that follows from the compiled module as the module has it now; its prose stays.</summary>
    public HelpPage With(CommandFacts command)
    {
        var descriptions = Parameters.ToDictionary(parameter => parameter.Facts.Name, parameter => parameter.Description, StringComparer.OrdinalIgnoreCase);
        return this with
        {
            Syntax = command.Syntax,
            Aliases = command.Aliases,
            Parameters = command.Parameters
                .Select(facts => new HelpParameter(descriptions.GetValueOrDefault(facts.Name) ?? Prose(command.ParameterSummaries[facts.Name]), facts))
                .ToList(),
            Inputs = Types(command.Inputs, Inputs),
            Outputs = Types(command.Outputs, Outputs),
        };
    }

    private static List<HelpType> Types(IReadOnlyList<string> names, IReadOnlyList<HelpType> known) =>
        names.Select(name => known.FirstOrDefault(type => type.Name == name) ?? new HelpType(name, ToBeWritten)).ToList();

    private static string Prose(string summary) => summary.Length == 0 ? ToBeWritten : summary;
}
