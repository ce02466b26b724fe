using System.Collections;
using System.Management.Automation;
using System.Xml.Linq;
using Vic.PowerShell.Commands;
using Vic.Testing.Files;
using Vic.Testing.Shell;

namespace Vic.PowerShell.Tests.Help;

/// <summary>The manifest has what a gallery asks for, and exports what is there.</summary>
public sealed class ManifestTests(CompiledModule module) : IClassFixture<CompiledModule>
{
    private PSModuleInfo Manifest => (PSModuleInfo)module.Run("Test-ModuleManifest", ("Path", ModuleShell.ModuleManifest)).Single().BaseObject;

    [Fact]
    public void Every_cmdlet_of_the_assembly_is_exported_by_its_name()
    {
        var compiled = typeof(NewVchCommand).Assembly.GetTypes()
            .Select(type => type.GetCustomAttributesData().FirstOrDefault(attribute => attribute.AttributeType.Name == nameof(CmdletAttribute)))
            .Where(attribute => attribute is not null)
            .Select(attribute => $"{attribute!.ConstructorArguments[0].Value}-{attribute.ConstructorArguments[1].Value}");

        Assert.Equal(compiled.Order(StringComparer.Ordinal), Manifest.ExportedCmdlets.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(Manifest.ExportedFunctions);
        Assert.Empty(Manifest.ExportedAliases);
        Assert.Empty(Manifest.ExportedVariables);
    }

    [Fact]
    public void A_gallery_is_told_editions_licence_tags_and_release_notes()
    {
        var manifest = Manifest;
        var gallery = (Hashtable)((Hashtable)manifest.PrivateData)["PSData"]!;

        Assert.Equal(["Desktop", "Core"], manifest.CompatiblePSEditions);
        Assert.Equal(new Version(5, 1), manifest.PowerShellVersion);
        Assert.Contains("Apache License", manifest.Copyright, StringComparison.Ordinal);
        Assert.StartsWith("Apache License", File.ReadAllText(Repository.PathOf("LICENSE")).Trim(), StringComparison.Ordinal);
        Assert.Contains("PSEdition_Desktop", manifest.Tags);
        Assert.Contains("PSEdition_Core", manifest.Tags);
        Assert.NotEqual("", gallery["ReleaseNotes"]);
        Assert.NotEmpty(manifest.Description);
    }

    [Fact]
    public void The_version_is_that_of_the_assemblies()
    {
        var version = XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("VersionPrefix").Single().Value;

        Assert.Equal(version, Manifest.Version.ToString());
    }
}
