namespace Vic.Engine.Logs;

/// <summary>Whose log it is.</summary>
public enum VchLogKind
{
    /// <summary>The console of the endpoint VM: its kernel, PID 1 and the services.</summary>
    Endpoint,

    /// <summary>What a cmdlet has done to the VCH; <c>vic-machine</c> has left such logs as well.</summary>
    Deployment,

    /// <summary>What the hypervisor says of the endpoint VM.</summary>
    Machine,
}
