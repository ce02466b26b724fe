namespace Vic.Oci.Layers;

/// <summary>A layer could not be unpacked; what was unpacked before is to be thrown away.</summary>
public sealed class LayerException(LayerErrorKind kind, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The reason.</summary>
    public LayerErrorKind Kind { get; } = kind;
}
