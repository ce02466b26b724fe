namespace Vic.Oci.Layers;

/// <summary>A part of a sparse file that is not a hole.</summary>
/// <param name="Offset">Where it starts, in bytes.</param>
/// <param name="Length">How long it is, in bytes.</param>
public readonly record struct FileExtent(long Offset, long Length);
