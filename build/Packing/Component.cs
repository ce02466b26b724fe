namespace Vic.Build.Packing;

/// <summary>Something of others in what is shipped.</summary>
/// <param name="Ecosystem">Where it comes from: <c>nuget</c> or <c>deb</c>.</param>
/// <param name="License">An SPDX expression; null where the licence is only known as a text.</param>
/// <param name="LicenseText">The licence as its maker ships it.</param>
/// <param name="Parts">The parts of the product that contain it.</param>
internal sealed record Component(string Ecosystem, string Name, string Version, string? License, string? LicenseText, IReadOnlyList<string> Parts)
{
    /// <summary>Where its licence lies in the package.</summary>
    public string LicensePath => $"licenses/{Ecosystem}/{Identifier}.txt";

    /// <summary>Name and version in letters, digits, dots and hyphens: fit for file names and for SPDX (2.3, 7.2).</summary>
    public string Identifier => string.Concat($"{Name}-{Version}".Select(character => char.IsAsciiLetterOrDigit(character) || character is '.' ? character : '-'));

    /// <summary>One name for it in a package URL (purl-spec).</summary>
    public string PackageUrl => Ecosystem == "deb"
        ? $"pkg:deb/debian/{Name}@{Uri.EscapeDataString(Version)}?arch=amd64&distro=debian-12"
        : $"pkg:nuget/{Name}@{Version}";
}
