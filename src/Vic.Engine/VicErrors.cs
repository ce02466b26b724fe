using Vic.Vim25;

namespace Vic.Engine;

/// <summary>Puts what went wrong below the engine into words for its users, with a stable id.</summary>
public static class VicErrors
{
    /// <summary>The exception itself when the engine raised it; otherwise an engine error that explains it.</summary>
    public static VicException Explain(Exception exception) => exception switch
    {
        VicException own => own,
        UntrustedCertificateException untrusted => new VicException(
            "UntrustedCertificate", VicErrorKind.Untrusted, untrusted.Message, untrusted)
        {
            Target = untrusted.Host,
            RecommendedAction = $"Compare the thumbprint with the server's, then pass -Thumbprint {untrusted.Thumbprint}, or -AcceptThumbprint to remember it.",
        },
        VimConnectionException connection => new VicException("ServerUnreachable", VicErrorKind.Unreachable, connection.Message, connection)
        {
            Target = connection.Server.Host,
            RecommendedAction = "Check name, port and network, and that the server runs.",
        },
        VimFaultException fault => Explain(fault),
        VimException other => new VicException("VSphereProtocol", VicErrorKind.Failed, other.Message, other),
        OperationCanceledException => new VicException("Cancelled", VicErrorKind.Failed, "The operation was cancelled.", exception),
        _ => new VicException("UnexpectedError", VicErrorKind.Failed, exception.Message, exception),
    };

    private static VicException Explain(VimFaultException exception) => exception.Fault switch
    {
        InvalidLogin => new VicException("InvalidLogin", VicErrorKind.Denied, "The user name or the password is wrong.", exception),
        // A kind of NoPermission, so it comes first.
        NotAuthenticated => new VicException("SessionEnded", VicErrorKind.Denied, "The session on the server has ended.", exception)
        {
            RecommendedAction = "Connect again with Connect-VICServer.",
        },
        NoPermission => new VicException("NoPermission", VicErrorKind.Denied, $"The account may not do this: {exception.Message}", exception),
        DuplicateName duplicate => new VicException(
            "NameTaken", VicErrorKind.AlreadyExists, $"The name '{duplicate.Name}' is already taken.", exception),
        ManagedObjectNotFound => new VicException("ObjectGone", VicErrorKind.NotFound, $"An object is no longer there: {exception.Message}", exception),
        _ => new VicException("VSphereFault", VicErrorKind.Failed, $"vSphere refused: {exception.Message}", exception),
    };
}
