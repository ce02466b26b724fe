using System.Text.Json.Serialization;

namespace Vic.Oci.Registry;

[JsonSerializable(typeof(RegistryCredentials))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(TagList))]
internal sealed partial class RegistryJson : JsonSerializerContext;
