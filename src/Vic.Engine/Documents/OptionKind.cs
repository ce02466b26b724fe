namespace Vic.Engine.Documents;

/// <summary>What an option of a configuration holds.</summary>
internal enum OptionKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>A list of texts.</summary>
    Texts,

    /// <summary>Texts by name.</summary>
    Map,

    /// <summary>A list of container networks, each with names and values.</summary>
    Networks,
}
