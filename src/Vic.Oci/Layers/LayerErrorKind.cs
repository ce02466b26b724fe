namespace Vic.Oci.Layers;

/// <summary>Why a layer could not be unpacked.</summary>
public enum LayerErrorKind
{
    /// <summary>The archive is damaged, or of a kind that layers cannot be.</summary>
    InvalidArchive,

    /// <summary>A path leaves the root, or cannot be made inside it.</summary>
    InvalidPath,

    /// <summary>The content is not what its digest says.</summary>
    DigestMismatch,

    /// <summary>The layer is larger than it may be.</summary>
    TooLarge,

    /// <summary>The disk is full.</summary>
    OutOfSpace,

    /// <summary>The file system refused an operation.</summary>
    FileSystem,
}
