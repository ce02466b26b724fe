namespace Vic.Lab.Api;

/// <summary>How a call is made to fail.</summary>
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
}
