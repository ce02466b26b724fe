namespace Vic.Oci.Manifests;

/// <summary>A manifest, index or configuration that cannot be used; nothing of it was kept.</summary>
public sealed class ManifestException(string message, Exception? innerException = null) : Exception(message, innerException);
