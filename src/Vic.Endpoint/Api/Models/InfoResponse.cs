namespace Vic.Endpoint.Api.Models;

/// <summary>The answer to <c>GET /info</c>.</summary>
public sealed record InfoResponse
{
    /// <summary>The VCH's id.</summary>
    public string ID { get; init; } = "";

    /// <summary>Containers.</summary>
    public int Containers { get; init; }

    /// <summary>Running ones.</summary>
    public int ContainersRunning { get; init; }

    /// <summary>Always 0.</summary>
    public int ContainersPaused { get; init; }

    /// <summary>Others.</summary>
    public int ContainersStopped { get; init; }

    /// <summary>Images.</summary>
    public int Images { get; init; }

    /// <summary>Storage driver.</summary>
    public string Driver { get; init; } = "";

    /// <summary>Facts of the storage driver.</summary>
    public IReadOnlyList<IReadOnlyList<string>> DriverStatus { get; init; } = [];

    /// <summary>Facts of the VCH, for old clients.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? SystemStatus { get; init; }

    /// <summary>Drivers.</summary>
    public PluginNames Plugins { get; init; } = new();

    /// <summary>Whether -m works.</summary>
    public bool MemoryLimit { get; init; }

    /// <summary>No.</summary>
    public bool SwapLimit { get; init; }

    /// <summary>No.</summary>
    public bool CpuCfsPeriod { get; init; }

    /// <summary>No.</summary>
    public bool CpuCfsQuota { get; init; }

    /// <summary>No.</summary>
    public bool CPUShares { get; init; }

    /// <summary>Whether --cpuset-cpus works.</summary>
    public bool CPUSet { get; init; }

    /// <summary>No.</summary>
    public bool PidsLimit { get; init; }

    /// <summary>Whether containers reach out.</summary>
    public bool IPv4Forwarding { get; init; }

    /// <summary>Unused.</summary>
    public bool BridgeNfIptables { get; init; } = true;

    /// <summary>Unused.</summary>
    public bool BridgeNfIp6tables { get; init; } = true;

    /// <summary>Whether it logs more.</summary>
    public bool Debug { get; init; }

    /// <summary>Open files.</summary>
    public int NFd { get; init; }

    /// <summary>No.</summary>
    public bool OomKillDisable { get; init; }

    /// <summary>Threads.</summary>
    public int NGoroutines { get; init; }

    /// <summary>Now.</summary>
    public string SystemTime { get; init; } = "";

    /// <summary>Log driver.</summary>
    public string LoggingDriver { get; init; } = "json-file";

    /// <summary>None.</summary>
    public string CgroupDriver { get; init; } = "none";

    /// <summary>None.</summary>
    public string CgroupVersion { get; init; } = "2";

    /// <summary>Clients that read events.</summary>
    public int NEventsListener { get; init; }

    /// <summary>The endpoint VM's kernel.</summary>
    public string KernelVersion { get; init; } = "";

    /// <summary>Product.</summary>
    public string OperatingSystem { get; init; } = "";

    /// <summary>Product version.</summary>
    public string OSVersion { get; init; } = "";

    /// <summary>linux.</summary>
    public string OSType { get; init; } = "linux";

    /// <summary>x86_64.</summary>
    public string Architecture { get; init; } = "x86_64";

    /// <summary>Docker Hub.</summary>
    public string IndexServerAddress { get; init; } = "https://index.docker.io/v1/";

    /// <summary>Registries.</summary>
    public RegistryServiceConfig RegistryConfig { get; init; } = new();

    /// <summary>Processors.</summary>
    public int NCPU { get; init; }

    /// <summary>Bytes of memory.</summary>
    public long MemTotal { get; init; }

    /// <summary>None.</summary>
    public IReadOnlyList<string>? GenericResources { get; init; }

    /// <summary>Where images are kept.</summary>
    public string DockerRootDir { get; init; } = "";

    /// <summary>Proxy.</summary>
    public string HttpProxy { get; init; } = "";

    /// <summary>Proxy.</summary>
    public string HttpsProxy { get; init; } = "";

    /// <summary>Hosts without proxy.</summary>
    public string NoProxy { get; init; } = "";

    /// <summary>The VCH's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>None.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Never.</summary>
    public bool ExperimentalBuild { get; init; }

    /// <summary>Version.</summary>
    public string ServerVersion { get; init; } = "";

    /// <summary>Runtimes.</summary>
    public SortedDictionary<string, RuntimeInfo> Runtimes { get; init; } = new();

    /// <summary>Runtime.</summary>
    public string DefaultRuntime { get; init; } = "vic";

    /// <summary>No swarm.</summary>
    public SwarmInfo Swarm { get; init; } = new();

    /// <summary>Containers outlive the endpoint.</summary>
    public bool LiveRestoreEnabled { get; init; } = true;

    /// <summary>Empty.</summary>
    public string Isolation { get; init; } = "";

    /// <summary>PID 1 of a container VM.</summary>
    public string InitBinary { get; init; } = "tether";

    /// <summary>None.</summary>
    public CommitInfo ContainerdCommit { get; init; } = new();

    /// <summary>None.</summary>
    public CommitInfo RuncCommit { get; init; } = new();

    /// <summary>None.</summary>
    public CommitInfo InitCommit { get; init; } = new();

    /// <summary>None.</summary>
    public IReadOnlyList<string> SecurityOptions { get; init; } = [];

    /// <summary>None.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }
}
