namespace Vic.Vim25;

/// <summary>A client called a method that the schema does not have.</summary>
public sealed class UnknownMethodException(string methodName) : VimException($"The method '{methodName}' is not known.")
{
    /// <summary>The method's name on the wire, as the client sent it.</summary>
    public string MethodName { get; } = methodName;
}
