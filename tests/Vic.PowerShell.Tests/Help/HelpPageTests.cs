using Vic.Build.Help;

namespace Vic.PowerShell.Tests.Help;

/// <summary>
/// The pages of docs/help say what the compiled module says: syntax, parameters, types, positions, sets, aliases, defaults and accepted
/// values. "dotnet run --project build -- help" brings them up to date, and begins the page of a new cmdlet.
/// </summary>
public sealed class HelpPageTests(CompiledModule module) : IClassFixture<CompiledModule>
{
    [Fact]
    public void Every_cmdlet_has_a_page_and_every_page_a_cmdlet() =>
        Assert.Equal(module.Facts.Commands.Select(command => command.Name), CompiledModule.Folder.Commands());

    [Theory]
    [MemberData(nameof(CompiledModule.Pages), MemberType = typeof(CompiledModule))]
    public void A_page_agrees_with_the_compiled_cmdlet(string command)
    {
        var path = CompiledModule.Folder.PathOf(command);

        var refreshed = HelpPageFormat.Write(HelpPageFormat.Read(path).With(module.Command(command)));

        Assert.Equal(refreshed, File.ReadAllText(path));
    }

    [Theory]
    [MemberData(nameof(CompiledModule.Pages), MemberType = typeof(CompiledModule))]
    public void A_page_is_written_to_its_end(string command)
    {
        var path = CompiledModule.Folder.PathOf(command);
        var page = HelpPageFormat.Read(path);

        Assert.DoesNotContain("{{", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.True(page.Examples.Count >= 2, "A page has at least two examples.");
        Assert.All(page.Examples, example => Assert.NotEmpty(example.Remarks));
        Assert.All(page.Examples, example => Assert.Contains(command, example.Code, StringComparison.Ordinal));
        Assert.All(page.Parameters, parameter => Assert.NotEmpty(parameter.Description));
        Assert.NotEmpty(page.Description);
    }

    [Fact]
    public void The_page_of_the_module_lists_each_cmdlet_with_its_synopsis()
    {
        var path = CompiledModule.Folder.ModulePagePath;

        Assert.DoesNotContain("{{", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal(ModulePage.Refresh(path, module.Facts, CompiledModule.Folder.Pages()), File.ReadAllText(path));
    }

    [Theory]
    [MemberData(nameof(CompiledModule.Pages), MemberType = typeof(CompiledModule))]
    public void Every_link_of_a_page_leads_to_a_page(string command)
    {
        var path = CompiledModule.Folder.PathOf(command);
        var links = HelpPageFormat.Read(path).Links.Split('\n').Where(line => line.Length > 0);

        Assert.All(links, link =>
        {
            var target = link[(link.IndexOf('(', StringComparison.Ordinal) + 1)..link.IndexOf(')', StringComparison.Ordinal)];
            Assert.True(
                target.StartsWith("https://", StringComparison.Ordinal) || File.Exists(Path.Combine(Path.GetDirectoryName(path)!, target)),
                $"{target} is not there.");
        });
    }
}
