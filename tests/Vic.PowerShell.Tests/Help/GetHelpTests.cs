using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace Vic.PowerShell.Tests.Help;

/// <summary>What Get-Help shows of the module that a user gets, held against the cmdlets themselves.</summary>
public sealed class GetHelpTests(CompiledModule module) : IClassFixture<CompiledModule>
{
    public static TheoryData<string> Topics { get; } = [.. CompiledModule.Folder.Topics().Select(topic => topic.Name)];

    [Theory]
    [MemberData(nameof(CompiledModule.Pages), MemberType = typeof(CompiledModule))]
    public void The_full_help_of_a_cmdlet_is_that_of_its_page(string command)
    {
        var help = Help(command);
        var page = CompiledModule.Folder.Pages().Single(page => page.Name == command);

        Assert.Equal(Words(page.Synopsis), Words(Text(help, "Synopsis")));
        Assert.NotEmpty(Items(Value(help, "description")));
        Assert.Equal(page.Examples.Count, Items(Value(Value(help, "examples"), "example")).Count);
        Assert.Equal(
            page.Examples.Select(example => example.Code),
            Items(Value(Value(help, "examples"), "example")).Select(example => Text(example, "code")));
    }

    [Theory]
    [MemberData(nameof(CompiledModule.Pages), MemberType = typeof(CompiledModule))]
    public void The_syntax_of_a_cmdlet_has_each_parameter_of_each_set(string command)
    {
        var compiled = Compiled(command).ParameterSets
            .Select(set => Names(set.Parameters.Select(parameter => parameter.Name).Where(name => !Cmdlet.CommonParameters.Contains(name))));
        var described = Items(Value(Value(Help(command), "syntax"), "syntaxItem"))
            .Select(item => Names(Items(Value(item, "parameter")).Select(parameter => Text(parameter, "name"))));

        Assert.Equal(compiled.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(CompiledModule.Pages), MemberType = typeof(CompiledModule))]
    public void The_help_of_each_parameter_is_what_the_engine_binds(string command)
    {
        var compiled = Compiled(command).Parameters.Values
            .Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name))
            .OrderBy(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase)
            .ToList();
        var described = Items(Value(Value(Help(command), "parameters"), "parameter"));

        Assert.Equal(compiled.Select(parameter => parameter.Name), described.Select(item => Text(item, "name")));
        foreach (var (parameter, item) in compiled.Zip(described))
        {
            var sets = parameter.ParameterSets.Values;
            Assert.Equal(sets.All(set => set.IsMandatory), bool.Parse(Text(item, "required")));
            Assert.Equal(sets.Any(set => set.ValueFromPipeline), Text(item, "pipelineInput").Contains("ByValue", StringComparison.Ordinal));
            Assert.Equal(parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases), Text(item, "aliases"));
            Assert.Equal(Position(sets.First().Position), Text(item, "position"));
            Assert.NotEmpty(Items(Value(item, "description")));
        }
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_is_found_with_its_synopsis(string topic)
    {
        var help = module.Run("Get-Help", ("Name", topic)).Single();

        var lines = help.ToString().ReplaceLineEndings("\n").Split('\n');
        Assert.Equal("TOPIC", lines[0]);
        Assert.All(lines, line => Assert.True(line.Length <= 100, line));
        Assert.Equal(lines[4].Trim(), Text(help, "Synopsis").Trim());
        Assert.Equal("LONG DESCRIPTION", lines[6]);
    }

    private CmdletInfo Compiled(string command) => (CmdletInfo)module.Run("Get-Command", ("Name", command)).Single().BaseObject;

    private PSObject Help(string command) => module.Run("Get-Help", ("Name", command), ("Full", true)).Single();

    private static string Names(IEnumerable<string> names) => string.Join(' ', names.Order(StringComparer.Ordinal));

    private static string Position(int position) => position == int.MinValue ? "named" : position.ToString(CultureInfo.InvariantCulture);

    private static object? Value(object? owner, string property) => PSObject.AsPSObject(owner!).Properties[property]?.Value;

    private static string Text(object owner, string property) => LanguagePrimitives.ConvertTo<string>(Value(owner, property) ?? "").Trim();

    private static string Words(string text) => text.Replace("`", "", StringComparison.Ordinal).ReplaceLineEndings(" ").Trim();

    // The engine gives one item as itself and several as an array.
    private static List<object> Items(object? value) => value switch
    {
        null => [],
        PSObject { BaseObject: IEnumerable items and not string } => [.. items.Cast<object>()],
        IEnumerable items and not string => [.. items.Cast<object>()],
        var single => [single],
    };
}
