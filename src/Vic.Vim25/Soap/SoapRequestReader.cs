namespace Vic.Vim25;

/// <summary>Reads what a client posts to a server.</summary>
public static class SoapRequestReader
{
    /// <summary>Reads a SOAP body into the request of its method.</summary>
    /// <param name="body">The request's content, uncompressed. It is read to the end of the method's element.</param>
    /// <param name="limits">How much a client may send; <see cref="VimXmlLimits.Request"/> when left out.</param>
    /// <exception cref="UnknownMethodException">The schema has no such method.</exception>
    /// <exception cref="VimProtocolException">The body is no SOAP request, or exceeds the limits.</exception>
    public static VimRequest Read(Stream body, VimXmlLimits? limits = null)
    {
        using var reader = new VimXmlReader(body, limits ?? VimXmlLimits.Request);
        SoapEnvelope.MoveIntoBody(reader);
        string methodName = reader.ReadName();
        if (!MethodCatalog.TryCreate(methodName, out VimRequest? request))
        {
            throw new UnknownMethodException(methodName);
        }

        try
        {
            request.ReadMembers(reader);
        }
        catch (VimProtocolException e)
        {
            e.MethodName = methodName;
            throw;
        }

        return request.This.IsEmpty
            ? throw new VimProtocolException("the request has no _this") { MethodName = methodName }
            : request;
    }
}
