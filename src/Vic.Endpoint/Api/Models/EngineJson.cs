using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Vic.Endpoint.Containers;

namespace Vic.Endpoint.Api.Models;

/// <summary>How the API's values become JSON: names as docker writes them, read without regard to case as Go does.</summary>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(ContainerRecord))]
[JsonSerializable(typeof(ContainerConfig))]
[JsonSerializable(typeof(HostConfig))]
[JsonSerializable(typeof(ContainerInspection))]
[JsonSerializable(typeof(List<ContainerSummary>))]
[JsonSerializable(typeof(ContainerCreated))]
[JsonSerializable(typeof(IdResponse))]
[JsonSerializable(typeof(ErrorResponse))]
[JsonSerializable(typeof(WaitResponse))]
[JsonSerializable(typeof(ExecCreateRequest))]
[JsonSerializable(typeof(ExecStartRequest))]
[JsonSerializable(typeof(ExecInspection))]
[JsonSerializable(typeof(VersionResponse))]
[JsonSerializable(typeof(InfoResponse))]
[JsonSerializable(typeof(EventMessage))]
[JsonSerializable(typeof(NetworkView))]
[JsonSerializable(typeof(List<NetworkView>))]
[JsonSerializable(typeof(VolumeList))]
[JsonSerializable(typeof(List<ImageSummary>))]
[JsonSerializable(typeof(ImageInspection))]
[JsonSerializable(typeof(List<ImageDeletion>))]
[JsonSerializable(typeof(List<ImageHistoryView>))]
[JsonSerializable(typeof(PullMessage))]
[JsonSerializable(typeof(RegistryAuth))]
public sealed partial class EngineJson : JsonSerializerContext
{
    /// <summary>The context that writes text as it is, without escaping what only HTML cares about.</summary>
    public static EngineJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNameCaseInsensitive = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
