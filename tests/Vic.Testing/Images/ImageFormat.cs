namespace Vic.Testing.Images;

public enum ImageFormat
{
    Docker,
    Oci,
}
