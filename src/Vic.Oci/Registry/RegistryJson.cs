using System.Text.Json.Serialization;

namespace Vic.Oci.Registry;

[JsonSerializable(typeof(RegistryCredentials))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
internal sealed partial class RegistryJson : JsonSerializerContext;
