namespace Vic.Build.Images;

/// <summary>A project that is published ahead of time and copied into the initramfs.</summary>
internal sealed record ProgramRecipe(string Project, string File, string Path);
