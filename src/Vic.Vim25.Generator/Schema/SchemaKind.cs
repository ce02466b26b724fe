namespace Vic.Vim25.Generator.Schema;

/// <summary>The word that opens a declaration.</summary>
internal enum SchemaKind
{
    /// <summary>A data object.</summary>
    Data,

    /// <summary>A data object that is sent as a SOAP fault's detail.</summary>
    Fault,

    /// <summary>A closed set of words.</summary>
    Enum,

    /// <summary>A managed object: what a reference points to.</summary>
    Managed,
}
