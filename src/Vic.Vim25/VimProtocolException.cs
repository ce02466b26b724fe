namespace Vic.Vim25;

/// <summary>The peer sent something that is not vim25: broken XML, a value of the wrong type, more than the limits allow.</summary>
public sealed class VimProtocolException : VimException
{
    /// <summary>Creates the error.</summary>
    public VimProtocolException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The method whose request or response it was, when that is known.</summary>
    public string? MethodName { get; internal set; }

    /// <inheritdoc/>
    public override string Message => MethodName is null ? base.Message : $"{MethodName}: {base.Message}";
}
