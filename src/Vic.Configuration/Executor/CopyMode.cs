namespace Vic.Configuration;

/// <summary>Whether a new volume takes over what the image has at its mount point.</summary>
public enum CopyMode
{
    /// <summary>Not stated; treated as <see cref="Never"/>.</summary>
    Unspecified = 0,

    /// <summary>The volume stays as it is.</summary>
    Never = 1,

    /// <summary>An empty volume receives the image's content at its first mount.</summary>
    IfNew = 2,
}
