namespace Vic.Oci.References;

/// <summary>A name that cannot be an image's; the message is the one docker users know.</summary>
public sealed class ImageReferenceException(string message) : FormatException(message);
