using System.Text.Json.Serialization;

namespace Vic.Endpoint.Api.Models;

/// <summary>The configuration of a container that depends on its host (API definition <c>HostConfig</c>), as far as a VCH has a use for it or inspect shows it.</summary>
public sealed record HostConfig
{
    /// <summary>Bind mounts and named volumes.</summary>
    public List<string>? Binds { get; init; }

    /// <summary>Where the client wrote the id.</summary>
    public string ContainerIDFile { get; init; } = "";

    /// <summary>Where output is kept.</summary>
    public LogConfig LogConfig { get; init; } = new();

    /// <summary>The network.</summary>
    public string NetworkMode { get; init; } = "default";

    /// <summary>Published ports.</summary>
    public SortedDictionary<string, List<PortBinding>?>? PortBindings { get; init; }

    /// <summary>When it starts again by itself.</summary>
    public RestartPolicy RestartPolicy { get; init; } = new();

    /// <summary>Whether it is removed when it ends.</summary>
    public bool AutoRemove { get; init; }

    /// <summary>The volume driver.</summary>
    public string VolumeDriver { get; init; } = "";

    /// <summary>Containers whose volumes are shared.</summary>
    public List<string>? VolumesFrom { get; init; }

    /// <summary>Height and width of the first terminal.</summary>
    public List<int>? ConsoleSize { get; init; } = [0, 0];

    /// <summary>Annotations.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public SortedDictionary<string, string>? Annotations { get; init; }

    /// <summary>Added capabilities.</summary>
    public List<string>? CapAdd { get; init; }

    /// <summary>Dropped capabilities.</summary>
    public List<string>? CapDrop { get; init; }

    /// <summary>The control group namespace: the VM's own.</summary>
    public string CgroupnsMode { get; init; } = "private";

    /// <summary>Name servers.</summary>
    public List<string>? Dns { get; init; } = [];

    /// <summary>Resolver options.</summary>
    public List<string>? DnsOptions { get; init; } = [];

    /// <summary>Search domains.</summary>
    public List<string>? DnsSearch { get; init; } = [];

    /// <summary>Added host names.</summary>
    public List<string>? ExtraHosts { get; init; }

    /// <summary>Added groups.</summary>
    public List<string>? GroupAdd { get; init; }

    /// <summary>The IPC namespace: the VM's own.</summary>
    public string IpcMode { get; init; } = "private";

    /// <summary>Control group of another container.</summary>
    public string Cgroup { get; init; } = "";

    /// <summary>Links.</summary>
    public List<string>? Links { get; init; }

    /// <summary>Preference of the out-of-memory killer.</summary>
    public int OomScoreAdj { get; init; }

    /// <summary>The PID namespace: the VM's own.</summary>
    public string PidMode { get; init; } = "";

    /// <summary>Whether it is privileged.</summary>
    public bool Privileged { get; init; }

    /// <summary>Whether every exposed port is published.</summary>
    public bool PublishAllPorts { get; init; }

    /// <summary>Whether its root is read-only.</summary>
    public bool ReadonlyRootfs { get; init; }

    /// <summary>Security options.</summary>
    public List<string>? SecurityOpt { get; init; }

    /// <summary>The UTS namespace: the VM's own.</summary>
    public string UTSMode { get; init; } = "";

    /// <summary>The user namespace: the VM's own.</summary>
    public string UsernsMode { get; init; } = "";

    /// <summary>Size of /dev/shm in bytes.</summary>
    public long ShmSize { get; init; } = 64 * 1024 * 1024;

    /// <summary>What runs the container.</summary>
    public string Runtime { get; init; } = "vic";

    /// <summary>Isolation on Windows.</summary>
    public string Isolation { get; init; } = "";

    /// <summary>Share of the CPU.</summary>
    public long CpuShares { get; init; }

    /// <summary>Memory in bytes; 0 = the default size.</summary>
    public long Memory { get; init; }

    /// <summary>Processors times 10^9.</summary>
    public long NanoCpus { get; init; }

    /// <summary>Parent control group.</summary>
    public string CgroupParent { get; init; } = "";

    /// <summary>Share of block input and output.</summary>
    public int BlkioWeight { get; init; }

    /// <summary>Scheduler period.</summary>
    public long CpuPeriod { get; init; }

    /// <summary>Scheduler quota.</summary>
    public long CpuQuota { get; init; }

    /// <summary>Real-time period.</summary>
    public long CpuRealtimePeriod { get; init; }

    /// <summary>Real-time quota.</summary>
    public long CpuRealtimeRuntime { get; init; }

    /// <summary>Processors by number.</summary>
    public string CpusetCpus { get; init; } = "";

    /// <summary>Memory nodes.</summary>
    public string CpusetMems { get; init; } = "";

    /// <summary>Host devices; a VM has none.</summary>
    public List<string>? Devices { get; init; } = [];

    /// <summary>Device rules.</summary>
    public List<string>? DeviceCgroupRules { get; init; }

    /// <summary>Requested devices.</summary>
    public List<string>? DeviceRequests { get; init; }

    /// <summary>Soft limit of memory.</summary>
    public long MemoryReservation { get; init; }

    /// <summary>Memory and swap.</summary>
    public long MemorySwap { get; init; }

    /// <summary>Tendency to swap.</summary>
    public long? MemorySwappiness { get; init; }

    /// <summary>Whether the out-of-memory killer is off.</summary>
    public bool? OomKillDisable { get; init; } = false;

    /// <summary>Most processes.</summary>
    public long? PidsLimit { get; init; }

    /// <summary>Resource limits.</summary>
    public List<string>? Ulimits { get; init; } = [];

    /// <summary>Processors on Windows.</summary>
    public long CpuCount { get; init; }

    /// <summary>Percent of CPU on Windows.</summary>
    public long CpuPercent { get; init; }

    /// <summary>Operations per second on Windows.</summary>
    public long IOMaximumIOps { get; init; }

    /// <summary>Bytes per second on Windows.</summary>
    public long IOMaximumBandwidth { get; init; }

    /// <summary>Hidden paths; a VM hides none.</summary>
    public List<string>? MaskedPaths { get; init; } = [];

    /// <summary>Read-only paths; a VM has none.</summary>
    public List<string>? ReadonlyPaths { get; init; } = [];
}
