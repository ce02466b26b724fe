namespace Vic.Lab.Machines;

/// <summary>A CD-ROM drive.</summary>
/// <param name="Key">The device key.</param>
/// <param name="ImagePath">The ISO image, or null for an empty drive.</param>
public sealed record MachineCdRom(int Key, string? ImagePath);
