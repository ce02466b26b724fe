namespace Vic.Build.Prerequisites;

/// <summary>A package of the Debian archive and what it is needed for.</summary>
internal sealed record DebianPackage(string Name, string Purpose);
