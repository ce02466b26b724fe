namespace Vic.Vim25;

/// <summary>Writes what a server answers.</summary>
public static class SoapResponseWriter
{
    /// <summary>The fault code of every fault that vSphere sends.</summary>
    public const string FaultCode = "ServerFaultCode";

    /// <summary>The response to a request.</summary>
    /// <param name="request">The request that was answered.</param>
    /// <param name="result">A value of the request's result type; null for a method without a result, or with an optional one.</param>
    /// <returns>The UTF-8 bytes of the envelope.</returns>
    /// <exception cref="InvalidCastException">The result is of another type than the method's.</exception>
    public static byte[] Result(VimRequest request, object? result)
    {
        using var writer = new VimXmlWriter();
        SoapEnvelope.WriteResponse(writer, request, result);
        return writer.Written.ToArray();
    }

    /// <summary>A fault; its HTTP status is 500.</summary>
    /// <param name="fault">The typed fault, or null for an error of SOAP itself.</param>
    /// <param name="text">The text for people.</param>
    /// <returns>The UTF-8 bytes of the envelope.</returns>
    public static byte[] Fault(MethodFault? fault, string text)
    {
        using var writer = new VimXmlWriter();
        SoapEnvelope.WriteFault(writer, FaultCode, text, fault);
        return writer.Written.ToArray();
    }
}
