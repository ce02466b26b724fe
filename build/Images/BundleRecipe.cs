namespace Vic.Build.Images;

/// <summary>Files of one Debian package, joined in the order of their names.</summary>
internal sealed record BundleRecipe(string Package, string Files, string Path);
