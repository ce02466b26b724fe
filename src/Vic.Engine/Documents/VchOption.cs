using Vic.Engine.Requests;

namespace Vic.Engine.Documents;

/// <summary>One property of a configuration: it is named as the parameter of <c>New-VCH</c> that takes it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Get">Reads it from a request; null when it has nothing to say.</param>
/// <param name="Set">Puts it into a request.</param>
internal sealed record VchOption(string Name, OptionKind Kind, Func<VchRequest, object?> Get, Func<VchRequest, object, VchRequest> Set)
{
    /// <summary>Whether a shell passes it with a parameter of its name; otherwise it needs words of its own.</summary>
    public bool IsParameter { get; init; } = true;

    /// <summary>Whether a VCH keeps it as long as it exists.</summary>
    public bool IsForLife { get; init; }
}
