namespace Vic.Build.Packing;

/// <summary>A file of a package.</summary>
/// <param name="Path">Its path in the package, with forward slashes.</param>
internal sealed record PackageFile(string Path, byte[] Content);
