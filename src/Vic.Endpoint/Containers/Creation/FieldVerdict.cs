namespace Vic.Endpoint.Containers.Creation;

/// <summary>What a virtual container host does with a field of a create request.</summary>
internal enum FieldVerdict
{
    /// <summary>The request is refused.</summary>
    Refused = 0,

    /// <summary>The container is created without it, and the user is warned.</summary>
    Ignored,

    /// <summary>It works.</summary>
    Supported,
}
