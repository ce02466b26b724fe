namespace Vic.Endpoint.Errors;

/// <summary>Why a request was not done; each kind is one HTTP status of the Docker Engine API.</summary>
public enum EngineErrorKind
{
    /// <summary>The endpoint or vSphere failed: 500.</summary>
    Internal = 0,

    /// <summary>The request itself is wrong: 400.</summary>
    InvalidParameter,

    /// <summary>The registry or the platform refuses the caller: 401.</summary>
    Unauthorized,

    /// <summary>The platform forbids it: 403.</summary>
    Forbidden,

    /// <summary>The named object does not exist: 404.</summary>
    NotFound,

    /// <summary>The object is in a state that does not allow it: 409.</summary>
    Conflict,

    /// <summary>A part of the Docker API that a virtual container host does not offer: 501.</summary>
    NotImplemented,

    /// <summary>vSphere or the guest is out of reach for now: 503.</summary>
    Unavailable,
}
