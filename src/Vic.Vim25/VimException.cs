namespace Vic.Vim25;

/// <summary>Base of the errors of a vim25 conversation.</summary>
public abstract class VimException : Exception
{
    /// <summary>Creates the error.</summary>
    protected VimException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
