using System.Text.Json.Serialization;

namespace Vic.Endpoint.Api.Models;

/// <summary>The answer to <c>GET /containers/{id}/json</c>.</summary>
public sealed record ContainerInspection
{
    /// <summary>Id.</summary>
    public string Id { get; init; } = "";

    /// <summary>When it was created.</summary>
    public string Created { get; init; } = "";

    /// <summary>The program.</summary>
    public string Path { get; init; } = "";

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>State.</summary>
    public ContainerStateView State { get; init; } = new();

    /// <summary>Id of the image.</summary>
    public string Image { get; init; } = "";

    /// <summary>Inside the VM: not shown.</summary>
    public string ResolvConfPath { get; init; } = "";

    /// <summary>Inside the VM: not shown.</summary>
    public string HostnamePath { get; init; } = "";

    /// <summary>Inside the VM: not shown.</summary>
    public string HostsPath { get; init; } = "";

    /// <summary>On the datastore: not shown.</summary>
    public string LogPath { get; init; } = "";

    /// <summary>Name behind a slash.</summary>
    public string Name { get; init; } = "";

    /// <summary>Always 0.</summary>
    public int RestartCount { get; init; }

    /// <summary>Storage driver.</summary>
    public string Driver { get; init; } = "";

    /// <summary>Operating system.</summary>
    public string Platform { get; init; } = "linux";

    /// <summary>Unused.</summary>
    public string MountLabel { get; init; } = "";

    /// <summary>Unused.</summary>
    public string ProcessLabel { get; init; } = "";

    /// <summary>Unused.</summary>
    public string AppArmorProfile { get; init; } = "";

    /// <summary>Its exec instances.</summary>
    public IReadOnlyList<string>? ExecIDs { get; init; }

    /// <summary>Host configuration.</summary>
    public HostConfig HostConfig { get; init; } = new();

    /// <summary>The disk.</summary>
    public DriverData GraphDriver { get; init; } = new();

    /// <summary>Bytes written.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long? SizeRw { get; init; }

    /// <summary>Bytes in all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long? SizeRootFs { get; init; }

    /// <summary>Volumes.</summary>
    public IReadOnlyList<string> Mounts { get; init; } = [];

    /// <summary>Configuration.</summary>
    public ContainerConfig Config { get; init; } = new();

    /// <summary>Networks.</summary>
    public NetworkSettings NetworkSettings { get; init; } = new();
}
