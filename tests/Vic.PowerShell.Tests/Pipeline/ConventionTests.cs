using System.Management.Automation;
using System.Xml.Linq;
using Vic.PowerShell.Tests.Hosting;
using Vic.Testing.Files;

namespace Vic.PowerShell.Tests.Pipeline;

/// <summary>Every cmdlet, also one that is yet to come, keeps the habits of PowerShell and PowerCLI.</summary>
public sealed class ConventionTests
{
    private static readonly string[] ChangingVerbs =
    [
        "Add", "Clear", "Disable", "Disconnect", "Enable", "New", "Remove", "Reset", "Restart", "Restore", "Resume", "Revoke", "Set", "Start", "Stop", "Suspend",
        "Update",
    ];

    private static readonly string[] WritingVerbs = ["Connect", "Export", "Get", "New", "Save", "Set", "Start", "Test", "Update"];

    private static readonly string[] Secrets = ["Password", "Passphrase", "Secret", "Credential", "Token"];

    private static readonly HashSet<string> Common = [.. Cmdlet.CommonParameters, .. Cmdlet.OptionalCommonParameters];

    private static IReadOnlyList<CmdletInfo> Cmdlets { get; } = ReadCmdlets();

    [Fact]
    public void The_manifest_exports_every_cmdlet_by_its_name()
    {
        var written = Cmdlets[0].ImplementingType.Assembly.GetExportedTypes()
            .Select(type => (CmdletAttribute?)Attribute.GetCustomAttribute(type, typeof(CmdletAttribute)))
            .OfType<CmdletAttribute>().Select(attribute => $"{attribute.VerbName}-{attribute.NounName}");

        Assert.Equal(written.Order(StringComparer.Ordinal), Cmdlets.Select(cmdlet => cmdlet.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Verbs_are_PowerShells_own()
    {
        var approved = new[] { typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic), typeof(VerbsLifecycle), typeof(VerbsSecurity), typeof(VerbsOther) }
            .SelectMany(type => type.GetFields()).Select(field => (string)field.GetValue(null)!).ToHashSet();

        AssertNone(cmdlet => approved.Contains(cmdlet.Verb) ? [] : [cmdlet.Verb]);
    }

    [Fact]
    public void What_changes_something_knows_WhatIf_and_Confirm_and_a_removal_asks() => AssertNone(cmdlet =>
    {
        var attribute = (CmdletAttribute)Attribute.GetCustomAttribute(cmdlet.ImplementingType, typeof(CmdletAttribute))!;
        return ChangingVerbs.Contains(cmdlet.Verb) && !attribute.SupportsShouldProcess ? ["does not support ShouldProcess"]
            : cmdlet.Verb == "Remove" && attribute.ConfirmImpact != ConfirmImpact.High ? ["does not ask before it removes"]
            : [];
    });

    [Fact]
    public void What_writes_objects_says_which() =>
        AssertNone(cmdlet => WritingVerbs.Contains(cmdlet.Verb) && cmdlet.OutputType.Count == 0 ? ["has no OutputType"] : []);

    [Fact]
    public void A_secret_is_a_credential_and_never_text() => AssertNone(cmdlet => Parameters(cmdlet)
        .Where(parameter => Secrets.Any(secret => parameter.Name.EndsWith(secret, StringComparison.OrdinalIgnoreCase))
            && parameter.ParameterType != typeof(PSCredential) && parameter.ParameterType != typeof(System.Security.SecureString))
        .Select(parameter => $"-{parameter.Name} is {parameter.ParameterType.Name}"));

    [Fact]
    public void Only_Id_Uid_and_Server_are_taken_from_the_pipeline_by_their_names() => AssertNone(cmdlet =>
        from parameter in Parameters(cmdlet)
        where parameter.ParameterSets.Values.Any(set => set.ValueFromPipelineByPropertyName)
        from name in parameter.Aliases.Prepend(parameter.Name)
        where name is not ("Id" or "Uid" or "Server")
        select $"-{name}");

    [Fact]
    public void Text_is_not_taken_from_the_pipeline() => AssertNone(cmdlet => Parameters(cmdlet)
        .Where(parameter => parameter.ParameterSets.Values.Any(set => set.ValueFromPipeline)
            && (parameter.ParameterType == typeof(string) || parameter.ParameterType == typeof(string[])))
        .Select(parameter => $"-{parameter.Name}"));

    [Fact]
    public void A_choice_of_yes_or_no_is_a_switch() =>
        AssertNone(cmdlet => Parameters(cmdlet).Where(parameter => parameter.ParameterType == typeof(bool)).Select(parameter => $"-{parameter.Name}"));

    [Fact]
    public void What_runs_in_the_background_says_that_it_writes_a_task() => AssertNone(cmdlet =>
        cmdlet.Parameters.ContainsKey("RunAsync") && cmdlet.OutputType.All(type => type.Type?.Name != "VicTask") ? ["does not name VicTask as its output"] : []);

    [Theory]
    [InlineData("TableControl")]
    [InlineData("ListControl")]
    [InlineData("WideControl")]
    public void Everything_that_is_written_has_a_view_of_each_kind(string kind)
    {
        var viewed = XDocument.Load(Repository.PathOf("module/VIC.Format.ps1xml")).Descendants("View")
            .Where(view => view.Element(kind) is not null)
            .SelectMany(view => view.Element("ViewSelectedBy")!.Elements("TypeName")).Select(name => name.Value).ToHashSet();

        AssertNone(cmdlet => cmdlet.OutputType.Select(output => output.Type)
            .Where(type => type?.Namespace?.StartsWith("Vic.", StringComparison.Ordinal) is true && !viewed.Contains(type.FullName!))
            .Select(type => $"{type!.FullName} has no {kind}"));
    }

    private static IReadOnlyList<CmdletInfo> ReadCmdlets()
    {
        using var runspace = new ModuleRunspace();
        return [.. runspace.Run("Get-Command -Module VIC").AssertSucceeded().Output.Select(item => Assert.IsType<CmdletInfo>(item.BaseObject))];
    }

    private static IEnumerable<ParameterMetadata> Parameters(CmdletInfo cmdlet) => cmdlet.Parameters.Values.Where(parameter => !Common.Contains(parameter.Name));

    private static void AssertNone(Func<CmdletInfo, IEnumerable<string>> problems)
    {
        var found = Cmdlets.SelectMany(cmdlet => problems(cmdlet).Select(problem => $"{cmdlet.Name}: {problem}")).ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}
