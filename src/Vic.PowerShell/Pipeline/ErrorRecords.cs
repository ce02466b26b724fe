using System.Management.Automation;
using Vic.Engine;

namespace Vic.PowerShell.Pipeline;

/// <summary>Turns exceptions into error records with a stable id, a category, a target, and a recommendation.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord From(Exception exception, object? target)
    {
        var error = VicErrors.Explain(exception);
        return new ErrorRecord(exception, error.ErrorId, Category(error.Kind), error.Target ?? target)
        {
            ErrorDetails = new ErrorDetails(error.Message)
            {
                RecommendedAction = error.RecommendedAction ?? "",
            },
        };
    }

    /// <summary>The error for a name that nothing has; it lists what there is.</summary>
    public static ErrorRecord NotFound(string noun, string name, IEnumerable<string> existing)
    {
        var others = existing.Take(12).Select(other => $"'{other}'").ToList();
        var offer = others.Count switch
        {
            0 => ", and no other either.",
            1 => $". There is {others[0]}.",
            _ => $". There are {string.Join(", ", others)}.",
        };
        var error = new VicException("NotFound", VicErrorKind.NotFound, $"There is no {noun} '{name}'{offer}");
        return From(error, name);
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
