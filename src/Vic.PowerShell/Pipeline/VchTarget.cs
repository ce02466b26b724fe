using Vic.Engine.Inspection;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Pipeline;

/// <summary>A VCH and the server that it is on.</summary>
internal sealed record VchTarget(VicServer Server, VchInfo Vch)
{
    public override string ToString() => $"{Vch.Name} ({Vch.Reference.Value}) on {Server}";
}
