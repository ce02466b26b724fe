using System.Management.Automation;
using Vic.Engine;

namespace Vic.PowerShell.Pipeline;

/// <summary>Turns exceptions into error records with a stable id, a category, a target, and a recommendation.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord From(Exception exception, object? target)
    {
        var error = exception as VicException ?? new VicException("UnexpectedError", VicErrorKind.Failed, exception.Message, exception);
        return new ErrorRecord(exception, error.ErrorId, Category(error.Kind), error.Target ?? target)
        {
            ErrorDetails = new ErrorDetails(error.Message)
            {
                RecommendedAction = error.RecommendedAction ?? "",
            },
        };
    }

    private static ErrorCategory Category(VicErrorKind kind) => kind switch
    {
        VicErrorKind.InvalidInput => ErrorCategory.InvalidArgument,
        VicErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        VicErrorKind.AlreadyExists => ErrorCategory.ResourceExists,
        VicErrorKind.Busy => ErrorCategory.ResourceBusy,
        VicErrorKind.Denied => ErrorCategory.PermissionDenied,
        VicErrorKind.Unreachable => ErrorCategory.ConnectionError,
        VicErrorKind.Untrusted => ErrorCategory.SecurityError,
        VicErrorKind.Timeout => ErrorCategory.OperationTimeout,
        _ => ErrorCategory.InvalidOperation,
    };
}
