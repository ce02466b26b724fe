namespace Vic.Vim25;

/// <summary>The server answered a call, or ended a task, with a fault.</summary>
public sealed class VimFaultException : VimException
{
    /// <summary>Creates the error.</summary>
    /// <param name="fault">The typed fault; <see cref="MethodFault"/> itself for a type that the schema does not know.</param>
    /// <param name="text">The server's text; it may be empty.</param>
    /// <param name="methodName">The method that was called, or null for a fault that did not come from a call.</param>
    public VimFaultException(MethodFault fault, string text, string? methodName = null)
        : base(Describe(fault.FaultType, text, methodName))
    {
        Fault = fault;
        FaultText = text;
        MethodName = methodName;
    }

    /// <summary>The typed fault, for pattern matching: <c>catch (VimFaultException e) when (e.Fault is InvalidLogin)</c>.</summary>
    public MethodFault Fault { get; }

    /// <summary>The fault's type on the wire.</summary>
    public string FaultType => Fault.FaultType;

    /// <summary>The server's text for people.</summary>
    public string FaultText { get; }

    /// <summary>The method that was called, or null.</summary>
    public string? MethodName { get; }

    private static string Describe(string faultType, string text, string? methodName)
    {
        string what = text.Length == 0 ? faultType : $"{text.TrimEnd('.')} ({faultType})";
        return methodName is null ? what : $"{methodName}: {what}";
    }
}
