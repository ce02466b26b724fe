using System.Text;
using System.Xml;
using Vic.Vim25;

namespace Vic.Lab.Operations.Hosts.EsxCli;

/// <summary>Arguments and answers of esxcli, which travel as text of XML within the SOAP message.</summary>
internal static class EsxCliXml
{
    private const string Vim = "urn:vim25";
    private const string Xsi = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>Reads the arguments, each an element around its value.</summary>
    /// <exception cref="VimFaultException">An argument is no such element.</exception>
    public static EsxCliArguments Arguments(IReadOnlyList<ReflectManagedMethodExecuterSoapArgument> arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        foreach (var argument in arguments)
        {
            try
            {
                using var reader = XmlReader.Create(new StringReader(argument.Val), settings);
                reader.MoveToContent();
                values[argument.Name] = reader.ReadElementContentAsString();
            }
            catch (XmlException malformed)
            {
                throw Faults.InvalidArgument("argument", $"The value of '{argument.Name}' is not an element: {malformed.Message}");
            }
        }

        return new EsxCliArguments(values);
    }

    /// <summary>One object of a type, with its fields in order.</summary>
    public static string Object(string type, params IEnumerable<(string Name, string Value)> fields) => Write(xml =>
    {
        xml.WriteAttributeString("xsi", "type", Xsi, type);
        WriteFields(xml, fields);
    });

    /// <summary>A list of objects of a type.</summary>
    public static string List(string type, IEnumerable<IEnumerable<(string Name, string Value)>> objects) => Write(xml =>
    {
        xml.WriteAttributeString("xsi", "type", Xsi, "ArrayOfDataObject");
        foreach (var fields in objects)
        {
            xml.WriteStartElement("DataObject", Vim);
            xml.WriteAttributeString("xsi", "type", Xsi, type);
            WriteFields(xml, fields);
            xml.WriteEndElement();
        }
    });

    public static string Boolean(bool value) => Write(xml =>
    {
        xml.WriteAttributeString("xsi", "type", Xsi, "xsd:boolean");
        xml.WriteString(XmlConvert.ToString(value));
    });

    /// <summary>What the fault of a failed command carries.</summary>
    public static string Fault(string message) => Write(xml =>
    {
        xml.WriteAttributeString("xsi", "type", Xsi, "LocalizedMethodFault");
        xml.WriteStartElement("fault", Vim);
        xml.WriteAttributeString("xsi", "type", Xsi, "VimEsxCLICLIFault");
        xml.WriteElementString("errMsg", Vim, message);
        xml.WriteEndElement();
        xml.WriteElementString("localizedMessage", Vim, "EsxCLI.CLIFault.summary");
    });

    /// <summary>An answer of any form; <paramref name="content"/> begins with the attributes of its element.</summary>
    public static string Write(Action<XmlWriter> content)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("obj", Vim);
            xml.WriteAttributeString("xmlns", "xsd", null, "http://www.w3.org/2001/XMLSchema");
            xml.WriteAttributeString("xmlns", "xsi", null, Xsi);
            xml.WriteAttributeString("versionId", "5.0");
            content(xml);
            xml.WriteEndElement();
        }

        return text.ToString();
    }

    private static void WriteFields(XmlWriter xml, IEnumerable<(string Name, string Value)> fields)
    {
        foreach (var (name, value) in fields)
        {
            xml.WriteElementString(name, Vim, value);
        }
    }
}
