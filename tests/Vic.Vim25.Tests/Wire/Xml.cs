using System.Text;

namespace Vic.Vim25.Tests.Wire;

/// <summary>SOAP as text, and back.</summary>
internal static class Xml
{
    public static byte[] Envelope(string body) => Encoding.UTF8.GetBytes(
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <soapenv:Envelope xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/"
         xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"
         xmlns:xsd="http://www.w3.org/2001/XMLSchema"
         xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
        <soapenv:Body>
        {body}
        </soapenv:Body>
        </soapenv:Envelope>
        """);

    public static VimRequest Request(string body) => SoapRequestReader.Read(new MemoryStream(Envelope(body)));

    public static TResult Response<TResult>(VimRequest<TResult> request, string body) => Response(request, Envelope(body));

    public static TResult Response<TResult>(VimRequest<TResult> request, byte[] bytes)
    {
        using var reader = new VimXmlReader(new MemoryStream(bytes), VimXmlLimits.Response);
        SoapEnvelope.MoveIntoBody(reader);
        return request.ReadResult(reader);
    }

    public static MethodFault? Fault(byte[] bytes, out string text)
    {
        using var reader = new VimXmlReader(new MemoryStream(bytes), VimXmlLimits.Response);
        SoapEnvelope.MoveIntoBody(reader);
        SoapFault fault = SoapFault.Read(reader);
        text = fault.Text;
        return fault.Detail;
    }

    public static byte[] Bytes(VimRequest request)
    {
        using var writer = new VimXmlWriter();
        SoapEnvelope.WriteRequest(writer, request);
        return writer.Written.ToArray();
    }

    public static string Text(VimRequest request) => Encoding.UTF8.GetString(Bytes(request));
}
