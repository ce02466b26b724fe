using Vic.Engine.Inspection;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Pipeline;

/// <summary>A VCH and the server that it is on.</summary>
internal sealed record VchTarget(VicServer Server, VchInfo Vch)
{
    /// <summary>The folder of the client certificate, when the object that was given names it.</summary>
    public string? CertificatePath { get; init; }

    /// <summary>Whether an object was given, which tells what the VCH was when it was listed.</summary>
    public bool IsOfObject { get; init; }

    public override string ToString() => $"{Vch.Name} ({Vch.Reference.Value}) on {Server}";
}
