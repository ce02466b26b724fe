using System.Text.Json;
using static Vic.Endpoint.Containers.Creation.FieldVerdict;

namespace Vic.Endpoint.Containers.Creation;

/// <summary>
/// Every field of <c>POST /containers/create</c> in API 1.24 to 1.47 (API definitions <c>ContainerConfig</c>, <c>HostConfig</c> and
/// <c>EndpointSettings</c>) and what a virtual container host does with it. A field that is in no table is refused.
/// </summary>
internal static class CreateBodyRules
{
    private const string OwnKernel = "a container is a virtual machine with a kernel of its own";
    private const string NoCgroups = "a container is a virtual machine and has no control groups to set";
    private const string NoVolumes = "this virtual container host has no volumes";
    private const string WindowsOnly = "it is for Windows containers";
    private const string NoShares = "vSphere shares the CPU and the disks between virtual machines";

    /// <summary>The fields of the body itself.</summary>
    public static IReadOnlyList<FieldRule> Config { get; } =
    [
        Works("Hostname"), Works("Domainname"), Works("User"), Works("AttachStdin"), Works("AttachStdout"), Works("AttachStderr"),
        Works("ExposedPorts"), Works("Tty"), Works("OpenStdin"), Works("StdinOnce"), Works("Env"), Works("Cmd"), Works("Image"),
        Works("WorkingDir"), Works("Entrypoint"), Works("NetworkDisabled"), Works("OnBuild"), Works("Labels"), Works("StopSignal"),
        Works("StopTimeout"), Works("Shell"), Works("HostConfig"), Works("NetworkingConfig"),
        new("Healthcheck", Refused, "A health check (--health-cmd)", "this virtual container host runs none", IsNoHealthcheck),
        new("ArgsEscaped", Refused, "ArgsEscaped", WindowsOnly),
        new("Volumes", Refused, "A volume (-v, --volume)", NoVolumes),
        new("MacAddress", Refused, "--mac-address", "vSphere gives hardware addresses"),
    ];

    /// <summary>The fields of <c>HostConfig</c>.</summary>
    public static IReadOnlyList<FieldRule> HostConfig { get; } =
    [
        Works("ContainerIDFile"), Works("NetworkMode"), Works("AutoRemove"), Works("Dns"), Works("Memory"), Works("NanoCpus"), Works("CpusetCpus"),
        Works("ConsoleSize"), Works("Annotations"), Works("Init"),
        new("Binds", Refused, "A volume or bind mount (-v, --volume)", NoVolumes),
        new("Mounts", Refused, "--mount", NoVolumes),
        new("Tmpfs", Refused, "--tmpfs", NoVolumes),
        new("VolumesFrom", Refused, "--volumes-from", NoVolumes),
        new("VolumeDriver", Refused, "--volume-driver", NoVolumes),
        new("LogConfig", Refused, "--log-driver, --log-opt", "output goes to a file on the datastore, which docker logs reads", IsOwnLog),
        new("PortBindings", Refused, "Publishing a port (-p, --publish)", "this virtual container host publishes none yet"),
        new("PublishAllPorts", Refused, "-P, --publish-all", "this virtual container host publishes no ports yet"),
        new("RestartPolicy", Refused, "--restart", "this virtual container host has no restart policies", IsNoRestart),
        new("CapAdd", Refused, "--cap-add", OwnKernel),
        new("CapDrop", Refused, "--cap-drop", OwnKernel),
        new("Capabilities", Refused, "Capabilities", OwnKernel),
        new("CgroupnsMode", Refused, "--cgroupns", OwnKernel, value => IsOneOf(value, "private")),
        new("DnsOptions", Refused, "--dns-option", "only name servers can be set"),
        new("DnsSearch", Refused, "--dns-search", "only name servers can be set"),
        new("ExtraHosts", Refused, "--add-host", "the tether writes /etc/hosts itself"),
        new("GroupAdd", Refused, "--group-add", "a process gets the groups of its user"),
        new("IpcMode", Refused, "--ipc", OwnKernel, value => IsOneOf(value, "private", "shareable", "none")),
        new("Cgroup", Refused, "Cgroup", NoCgroups),
        new("Links", Refused, "--link", "containers find each other by address"),
        new("OomScoreAdj", Refused, "--oom-score-adj", NoCgroups),
        new("PidMode", Refused, "--pid", OwnKernel),
        new("Privileged", Refused, "--privileged", OwnKernel + " and no devices of its host"),
        new("ReadonlyRootfs", Refused, "--read-only", "the container's disk is always writable"),
        new("SecurityOpt", Refused, "--security-opt", OwnKernel),
        new("StorageOpt", Refused, "--storage-opt", "the size of the disk is that of the image store"),
        new("UTSMode", Refused, "--uts", OwnKernel),
        new("UsernsMode", Refused, "--userns", OwnKernel),
        new("ShmSize", Refused, "--shm-size", "the tether sizes /dev/shm by the virtual machine's memory"),
        new("Sysctls", Refused, "--sysctl", "the tether sets none"),
        new("Runtime", Refused, "--runtime", "a container is a virtual machine", value => IsOneOf(value, "vic", "runc")),
        new("Isolation", Refused, "--isolation", WindowsOnly, value => IsOneOf(value, "default")),
        new("CpuShares", Ignored, "--cpu-shares", NoShares),
        new("CpuPeriod", Refused, "--cpu-period", "a virtual machine has whole processors: use --cpus"),
        new("CpuQuota", Refused, "--cpu-quota", "a virtual machine has whole processors: use --cpus"),
        new("CpuRealtimePeriod", Refused, "--cpu-rt-period", NoCgroups),
        new("CpuRealtimeRuntime", Refused, "--cpu-rt-runtime", NoCgroups),
        new("CpusetMems", Refused, "--cpuset-mems", "a virtual machine has no memory nodes of its host"),
        new("CgroupParent", Refused, "--cgroup-parent", NoCgroups),
        new("BlkioWeight", Ignored, "--blkio-weight", NoShares),
        new("BlkioWeightDevice", Refused, "--blkio-weight-device", NoCgroups),
        new("BlkioDeviceReadBps", Refused, "--device-read-bps", NoCgroups),
        new("BlkioDeviceWriteBps", Refused, "--device-write-bps", NoCgroups),
        new("BlkioDeviceReadIOps", Refused, "--device-read-iops", NoCgroups),
        new("BlkioDeviceWriteIOps", Refused, "--device-write-iops", NoCgroups),
        new("Devices", Refused, "--device", "a virtual machine has no devices of its host"),
        new("DeviceCgroupRules", Refused, "--device-cgroup-rule", NoCgroups),
        new("DeviceRequests", Refused, "--gpus", "a virtual machine has no devices of its host"),
        new("KernelMemory", Refused, "--kernel-memory", NoCgroups),
        new("KernelMemoryTCP", Refused, "--kernel-memory-tcp", NoCgroups),
        new("MemoryReservation", Ignored, "--memory-reservation", "the virtual machine has the memory of --memory"),
        new("MemorySwap", Ignored, "--memory-swap", "a container VM does not swap", value => value.TryGetInt64(out var size) && size == -1),
        new("MemorySwappiness", Ignored, "--memory-swappiness", "a container VM does not swap", value => value.TryGetInt64(out var level) && level == -1),
        new("OomKillDisable", Refused, "--oom-kill-disable", NoCgroups),
        new("PidsLimit", Refused, "--pids-limit", NoCgroups, value => value.TryGetInt64(out var limit) && limit == -1),
        new("Ulimits", Refused, "--ulimit", "the tether sets its own limits"),
        new("CpuCount", Refused, "--cpu-count", WindowsOnly),
        new("CpuPercent", Refused, "--cpu-percent", WindowsOnly),
        new("IOMaximumIOps", Refused, "--io-maxiops", WindowsOnly),
        new("IOMaximumBandwidth", Refused, "--io-maxbandwidth", WindowsOnly),
        new("MaskedPaths", Refused, "MaskedPaths", "a container VM hides no paths"),
        new("ReadonlyPaths", Refused, "ReadonlyPaths", "a container VM has no read-only paths"),
    ];

    /// <summary>The fields of one entry of <c>NetworkingConfig.EndpointsConfig</c>.</summary>
    public static IReadOnlyList<FieldRule> Endpoint { get; } =
    [
        new("IPAMConfig", Refused, "A fixed address (--ip, --ip6)", "it needs a network made by the user", IsEmptyIpam),
        new("Links", Refused, "--link", "containers find each other by address"),
        new("Aliases", Refused, "--network-alias", "it needs a network made by the user"),
        new("MacAddress", Refused, "--mac-address", "vSphere gives hardware addresses"),
        new("DriverOpts", Refused, "--network driver-opt", "the bridge has none"),
        new("GwPriority", Refused, "--network gw-priority", "a container has one network"),
        Works("NetworkID"), Works("EndpointID"), Works("Gateway"), Works("IPAddress"), Works("IPPrefixLen"), Works("IPv6Gateway"),
        Works("GlobalIPv6Address"), Works("GlobalIPv6PrefixLen"), Works("DNSNames"),
    ];

    private static FieldRule Works(string field) => new(field, Supported);

    private static bool IsOneOf(JsonElement value, params ReadOnlySpan<string> words) =>
        value.ValueKind == JsonValueKind.String && words.Contains(value.GetString());

    private static bool IsNoHealthcheck(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && value.EnumerateObject().All(field =>
            FieldRule.IsEmpty(field.Value)
            || (field.NameEquals("Test") && field.Value.ValueKind == JsonValueKind.Array
                && field.Value.GetArrayLength() == 1 && IsOneOf(field.Value[0], "NONE")));

    private static bool IsOwnLog(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && value.EnumerateObject().All(field => FieldRule.IsEmpty(field.Value) || (field.NameEquals("Type") && IsOneOf(field.Value, "json-file")));

    private static bool IsNoRestart(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && value.EnumerateObject().All(field => FieldRule.IsEmpty(field.Value) || (field.NameEquals("Name") && IsOneOf(field.Value, "no")));

    private static bool IsEmptyIpam(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(field => FieldRule.IsEmpty(field.Value));
}
