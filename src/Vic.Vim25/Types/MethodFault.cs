namespace Vic.Vim25;

/// <summary>Base of all faults.</summary>
public partial class MethodFault
{
    private string? _unknownType;

    /// <summary>The fault's type as the server named it; it may be one that the schema does not know.</summary>
    public string FaultType => _unknownType ?? WireType;

    internal void KeepUnknownType(ReadOnlySpan<byte> name) => _unknownType = name.Length > 0 ? VimXmlReader.Ascii(name) : null;
}
