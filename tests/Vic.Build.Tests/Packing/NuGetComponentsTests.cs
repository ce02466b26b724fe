using Vic.Build.Packing;
using Vic.Testing.Files;

namespace Vic.Build.Tests.Packing;

/// <summary>What of NuGet is shipped is read from the restore of this very project, and from the packages themselves.</summary>
public sealed class NuGetComponentsTests
{
    private static readonly IReadOnlyList<Component> Engine =
        new NuGetComponents(Path.Combine(Repository.Artifacts, "obj", "Vic.Engine", "project.assets.json")).Read("VIC", carriesRuntime: false);

    [Fact]
    public void A_library_that_is_in_the_output_is_named_with_its_licence()
    {
        var library = Engine.Single(component => component.Name == "BouncyCastle.Cryptography");

        Assert.Equal("MIT", library.License);
        Assert.Contains("Legion of the Bouncy Castle", library.LicenseText, StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_helped_to_compile_is_not_named() => Assert.DoesNotContain(Engine, component => component.Name is "PolySharp" or "NETStandard.Library");
}
