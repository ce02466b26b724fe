using System.Xml.Linq;
using Vic.Build.Execution;
using Vic.Build.Help;
using Vic.Testing.Files;

namespace Vic.Build.Tests.Help;

/// <summary>The page of a cmdlet that is new begins by itself, and what people wrote stays when the cmdlet changes.</summary>
public sealed class HelpPageFormatTests : IDisposable
{
    private static readonly ParameterFacts Name = new(
        "Name", "System.String", "it's: 'quoted'", SupportsWildcards: true, ["Id", "VCH"], [new("(All)", "0", true, true, false, false)], DontShow: false, ["a b", "'c'"], "");

    private static readonly CommandFacts Command = new(
        "Get-Thing",
        "Gets a thing.",
        [new("Default", true, "Get-Thing [-Name] <string> [<CommonParameters>]")],
        [Name],
        new Dictionary<string, string> { ["Name"] = "The name of the thing." },
        ["gthing"],
        ["System.String"],
        ["System.Object"]);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void What_is_written_is_read_back()
    {
        var text = HelpPageFormat.Write(HelpPage.New(Command, new DateOnly(2026, 1, 2)));

        Assert.Equal(text, HelpPageFormat.Write(Read(text)));
        Assert.Equal(ParameterYaml.Write(Name), ParameterYaml.Write(Read(text).Parameters.Single().Facts));
    }

    [Fact]
    public void A_new_page_says_what_the_source_says_and_marks_what_is_to_be_written()
    {
        var page = Read(HelpPageFormat.Write(HelpPage.New(Command, new DateOnly(2026, 1, 2))));

        Assert.Equal("Gets a thing.", page.Synopsis);
        Assert.Equal("The name of the thing.", page.Parameters.Single().Description);
        Assert.Contains(HelpPage.ToBeWritten, page.Description, StringComparison.Ordinal);
        Assert.Equal(2, page.Examples.Count);
    }

    [Fact]
    public void Prose_stays_when_the_cmdlet_changes()
    {
        var written = HelpPage.New(Command, new DateOnly(2026, 1, 2)) with { Description = "# of a comment\n\nMine." };
        var changed = Command with { Parameters = [Name with { Type = "System.Int32" }, Name with { Name = "Other" }], ParameterSummaries = new Dictionary<string, string> { ["Name"] = "New words.", ["Other"] = "Another." } };

        var page = Read(HelpPageFormat.Write(written)).With(changed);

        Assert.Equal("# of a comment\n\nMine.", page.Description);
        Assert.Equal(["The name of the thing.", "Another."], page.Parameters.Select(parameter => parameter.Description));
        Assert.Equal("System.Int32", page.Parameters[0].Facts.Type);
    }

    [Fact]
    public void A_page_whose_sections_are_in_another_order_is_refused_with_its_name()
    {
        var text = HelpPageFormat.Write(HelpPage.New(Command, new DateOnly(2026, 1, 2))).Replace("## INPUTS", "## OUTPUTS", StringComparison.Ordinal);

        var refusal = Assert.Throws<BuildFailedException>(() => Read(text));

        Assert.Contains("page.md", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_address_where_pages_are_published_is_the_first_link_of_the_help()
    {
        var page = HelpPage.New(Command, new DateOnly(2026, 1, 2)) with { HelpUri = "https://docs.example.org/Get-Thing.md" };

        var links = XDocument.Parse(MamlWriter.Write([page])).Descendants().Where(element => element.Name.LocalName == "navigationLink").ToList();

        Assert.Equal("Online Version:https://docs.example.org/Get-Thing.md", links[0].Value);
        Assert.Equal("about_VIC", links[1].Value);
    }

    public void Dispose() => _folder.Dispose();

    private HelpPage Read(string text)
    {
        File.WriteAllText(_folder["page.md"], text);
        return HelpPageFormat.Read(_folder["page.md"]);
    }
}
