namespace Vic.Vim25;

/// <summary>A SOAP fault as read from a response.</summary>
/// <param name="Code">The fault code, for example <c>ServerFaultCode</c>.</param>
/// <param name="Text">The server's text for people.</param>
/// <param name="Detail">The typed fault; its nearest known base when the type is unknown; null when the server sent none.</param>
internal sealed record SoapFault(string Code, string Text, MethodFault? Detail)
{
    /// <summary>Reads the fault that the reader stands on.</summary>
    public static SoapFault Read(VimXmlReader reader)
    {
        string code = "";
        string text = "";
        MethodFault? detail = null;
        while (reader.MoveToChild())
        {
            if (reader.NameIs("faultcode"u8))
            {
                code = reader.ReadString();
            }
            else if (reader.NameIs("faultstring"u8))
            {
                text = reader.ReadString();
            }
            else if (reader.NameIs("detail"u8))
            {
                while (reader.MoveToChild())
                {
                    detail = reader.ReadFault();
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return new SoapFault(code, text, detail);
    }
}
