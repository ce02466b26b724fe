namespace Vic.Testing.Images;

public enum LayerCompression
{
    None,
    Gzip,
    Zstd,
}
