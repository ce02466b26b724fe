namespace Vic.Lab.Api;

/// <summary>How a call is made to go wrong.</summary>
public enum CallFailure
{
    /// <summary>The call is not carried out and answers with a HostCommunication fault.</summary>
    Fault,

    /// <summary>The call is not carried out and its connection is closed.</summary>
    Drop,

    /// <summary>The call is carried out, but its connection is closed instead of an answer.</summary>
    DropAnswer,

    /// <summary>The call's session is ended before it is carried out, so that it answers NotAuthenticated.</summary>
    EndSession,

    /// <summary>The call is carried out twice, and the caller gets the first answer: it never learns of the second.</summary>
    Duplicate,

    /// <summary>The call is carried out twice, and the caller gets the second answer, as from a proxy that lost the first and asked again.</summary>
    Repeat,
}
