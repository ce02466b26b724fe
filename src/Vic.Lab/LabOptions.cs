using Vic.Lab.Api;
using Vic.Lab.Inventory;
using Vic.Lab.Licensing;
using Vic.Lab.Machines;

namespace Vic.Lab;

/// <summary>What a lab is started with.</summary>
public sealed record LabOptions
{
    /// <summary>Which inventory the lab shows.</summary>
    public InventoryModel Model { get; init; } = InventoryModel.VCenter;

    /// <summary>How virtual machines run.</summary>
    public RuntimeKind Runtime { get; init; } = RuntimeKind.Qemu;

    /// <summary>Where datastores and machine state live; null for a temporary directory that goes with the lab.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>The port on 127.0.0.1; zero lets the system choose.</summary>
    public int Port { get; init; }

    /// <summary>Forwards from loopback ports into the routed network.</summary>
    public IReadOnlyList<PublishRule> Publish { get; init; } = [];

    /// <summary>The lab ends when this process is gone; null to stay.</summary>
    public int? ParentProcessId { get; init; }

    /// <summary>The user who may log in; null for the model's usual administrator.</summary>
    public string? UserName { get; init; }

    /// <summary>That user's password; null for a random one.</summary>
    public string? Password { get; init; }

    /// <summary>More users, who may do what permissions give them.</summary>
    public IReadOnlyList<LabAccount> Accounts { get; init; } = [];

    /// <summary>Hosts in each cluster of the vCenter model.</summary>
    public int HostCount { get; init; } = 2;

    /// <summary>Clusters of the vCenter model: <c>Cluster</c>, <c>Cluster2</c>, and so on.</summary>
    public int ClusterCount { get; init; } = 1;

    /// <summary>Hosts of the vCenter model that belong to no cluster.</summary>
    public int StandaloneHostCount { get; init; }

    /// <summary>Whether the vCenter model's cluster has DRS; without it a machine's host must be named.</summary>
    public bool HasDrs { get; init; } = true;

    /// <summary>How many virtual machines are there from the start, powered off, in the datacenter's own folder and the first root pool.</summary>
    public int VirtualMachineCount { get; init; }

    /// <summary>How many keys of <c>extraConfig</c> each of these machines has.</summary>
    public int ExtraConfigCount { get; init; } = 50;

    /// <summary>How the firewall of each host stands at the start.</summary>
    public HostFirewallOptions HostFirewall { get; init; } = new();

    /// <summary>The size of each datastore in bytes; null for that of the drive below it.</summary>
    public long? DatastoreCapacity { get; init; }

    /// <summary>How long each task waits before its work; a test sees by it what happens while tasks are under way.</summary>
    public TimeSpan TaskDelay { get; init; }

    /// <summary>How long a session without a call lives.</summary>
    public TimeSpan SessionIdleLimit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The license of everything at the start.</summary>
    public LabLicense License { get; init; } = LabLicense.Evaluation;

    /// <summary>How many sessions may be open at a time; a login beyond is refused.</summary>
    public int SessionLimit { get; init; } = 1000;

    /// <summary>How long a vim25 request may take to arrive.</summary>
    public TimeSpan RequestTimeLimit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Which vim25 calls are made to fail.</summary>
    public FaultPlan Faults { get; init; } = new();
}
