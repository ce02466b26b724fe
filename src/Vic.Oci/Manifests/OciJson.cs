using System.Text.Json.Serialization;

namespace Vic.Oci.Manifests;

/// <summary>The JSON documents of this library, read without reflection.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImageManifest))]
[JsonSerializable(typeof(ImageIndex))]
[JsonSerializable(typeof(ImageConfiguration))]
[JsonSerializable(typeof(ContainerDefaults))]
public sealed partial class OciJson : JsonSerializerContext;
