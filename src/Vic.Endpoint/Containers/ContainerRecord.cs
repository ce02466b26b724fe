using System.Text.Json.Serialization;
using Vic.Endpoint.Api.Models;

namespace Vic.Endpoint.Containers;

/// <summary>All that is fixed about a container, its name apart. It is kept in the VM's configuration as JSON.</summary>
public sealed record ContainerRecord
{
    /// <summary>64 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>The name without a slash.</summary>
    public required string Name { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The id of its image, <c>sha256:...</c>.</summary>
    public required string ImageId { get; init; }

    /// <summary>The store's id of the image's top layer.</summary>
    public required string LayerId { get; init; }

    /// <summary>The image's and the request's configuration, merged.</summary>
    public required ContainerConfig Config { get; init; }

    /// <summary>The request's host configuration.</summary>
    public required HostConfig HostConfig { get; init; }

    /// <summary>The VM's processors.</summary>
    public required int Processors { get; init; }

    /// <summary>The VM's memory in MiB.</summary>
    public required int MemoryMegabytes { get; init; }

    /// <summary>
    /// Whether an endpoint of vic-machine has made it: its guest has no session with this one, so it is started, stopped, read and removed, and nothing else. Such a
    /// record is made of the VM's configuration each time, and never kept.
    /// </summary>
    [JsonIgnore]
    public bool IsEarlier { get; init; }

    /// <summary>Program and arguments: entry point and command together.</summary>
    public IReadOnlyList<string> CommandLine() => [.. Config.Entrypoint ?? [], .. Config.Cmd ?? []];

    /// <summary>The first twelve digits of an id.</summary>
    public string ShortId() => Id[..12];
}
