namespace Vic.Vim25;

/// <summary>SOAP 1.1 around requests, responses and faults (https://www.w3.org/TR/2000/NOTE-SOAP-20000508/).</summary>
internal static class SoapEnvelope
{
    private static ReadOnlySpan<byte> Opening =>
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>
        """u8;

    private static ReadOnlySpan<byte> Closing => "</soapenv:Body></soapenv:Envelope>"u8;

    public static void WriteRequest(VimXmlWriter writer, VimRequest request)
    {
        writer.Raw(Opening);
        OpenBodyElement(writer, request.MethodName, "", request.Namespace);
        writer.Members(request);
        CloseBodyElement(writer, request.MethodName, "");
        writer.Raw(Closing);
    }

    public static void WriteResponse(VimXmlWriter writer, VimRequest request, object? result)
    {
        writer.Raw(Opening);
        OpenBodyElement(writer, request.MethodName, "Response", request.Namespace);
        request.WriteBoxedResult(writer, result);
        CloseBodyElement(writer, request.MethodName, "Response");
        writer.Raw(Closing);
    }

    /// <summary>Writes a fault as vSphere does: the detail's element is named after the fault's type.</summary>
    public static void WriteFault(VimXmlWriter writer, string code, string text, MethodFault? fault)
    {
        writer.Raw(Opening);
        writer.Raw("<soapenv:Fault>"u8);
        writer.Element("faultcode"u8, code);
        writer.Element("faultstring"u8, text);
        if (fault is not null)
        {
            string element = fault.WireType + "Fault";
            writer.Raw("<detail><"u8);
            writer.Raw(element);
            writer.Raw(" xmlns=\"urn:vim25\" xsi:type=\""u8);
            writer.Raw(fault.WireType);
            writer.Raw("\">"u8);
            writer.Members(fault);
            writer.Raw("</"u8);
            writer.Raw(element);
            writer.Raw("></detail>"u8);
        }

        writer.Raw("</soapenv:Fault>"u8);
        writer.Raw(Closing);
    }

    /// <summary>Moves to the first element in the envelope's body; headers are passed over.</summary>
    public static void MoveIntoBody(VimXmlReader reader)
    {
        if (!reader.MoveToRoot() || !reader.NameIs("Envelope"u8))
        {
            throw new VimProtocolException("this is not a SOAP envelope");
        }

        while (reader.MoveToChild())
        {
            if (reader.NameIs("Body"u8))
            {
                if (reader.MoveToChild())
                {
                    return;
                }

                break;
            }

            reader.Skip();
        }

        throw new VimProtocolException("the SOAP body is empty");
    }

    private static void OpenBodyElement(VimXmlWriter writer, string name, string suffix, string ns)
    {
        writer.Raw("<"u8);
        writer.Raw(name);
        writer.Raw(suffix);
        writer.Raw(" xmlns=\""u8);
        writer.Raw(ns);
        writer.Raw("\">"u8);
    }

    private static void CloseBodyElement(VimXmlWriter writer, string name, string suffix)
    {
        writer.Raw("</"u8);
        writer.Raw(name);
        writer.Raw(suffix);
        writer.Raw(">"u8);
    }
}
