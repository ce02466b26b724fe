using Vic.Engine.Inspection;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Pipeline;

/// <summary>A container VM and the server that it is on.</summary>
internal sealed record ContainerTarget(VicServer Server, ContainerVmInfo Container)
{
    public override string ToString() => $"{Container.Name} ({Container.Reference.Value}) of VCH '{Container.HostName}' on {Server}";
}
