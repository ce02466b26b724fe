using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using Vic.PowerShell.Background;
using Vic.PowerShell.Lab;
using Vic.PowerShell.PowerCli;

namespace Vic.PowerShell.Sessions;

/// <summary>What the module remembers for one runspace: two runspaces of a process do not see each other's connections.</summary>
internal sealed class RunspaceState
{
    private static readonly ConditionalWeakTable<Runspace, RunspaceState> States = new();

    /// <summary>The state of the runspace that the calling thread belongs to.</summary>
    public static RunspaceState Current => States.GetOrCreateValue(Runspace.DefaultRunspace);

    /// <summary>The connections, the last one made at the end.</summary>
    public List<VicServer> Servers { get; } = [];

    /// <summary>Sessions of PowerCLI that were joined.</summary>
    public Dictionary<PowerCliSession, VicServer> Joined { get; } = [];

    /// <summary>The labs that were started here, the last one at the end.</summary>
    public List<VicLab> Labs { get; } = [];

    /// <summary>The tasks that were started here, the last one at the end.</summary>
    public List<VicTask> Tasks { get; } = [];
}
