namespace Vic.Build.Images;

/// <summary>Files of one Debian package; <paramref name="Files"/> are paths in the package, <c>*</c> matches within a folder.</summary>
internal sealed record PackageRecipe(string Name, IReadOnlyList<string> Files);
