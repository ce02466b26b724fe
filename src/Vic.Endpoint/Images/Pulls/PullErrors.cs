using Vic.Endpoint.Errors;
using Vic.Oci.Layers;
using Vic.Oci.Manifests;
using Vic.Oci.References;
using Vic.Oci.Registry;

namespace Vic.Endpoint.Images.Pulls;

/// <summary>Says what went wrong in a pull as docker's daemon says it (moby, distribution/errors.go).</summary>
internal static class PullErrors
{
    /// <summary>The refusal for an error, or null when it is not one of a pull.</summary>
    public static EngineException? From(Exception error, ImageReference reference) => error switch
    {
        RegistryException { Kind: RegistryErrorKind.Denied } => NotFound(
            $"pull access denied for {reference.FamiliarName}, repository does not exist or may require 'docker login': {error.Message}", error),
        RegistryException { Kind: RegistryErrorKind.ManifestUnknown } => NotFound($"manifest for {reference.FamiliarText} not found: {error.Message}", error),
        RegistryException { Kind: RegistryErrorKind.NameUnknown } => NotFound($"repository {reference.FamiliarName} not found: {error.Message}", error),
        RegistryException => new EngineException(EngineErrorKind.Internal, error.Message, error),
        ManifestException => new EngineException(
            error.Message.StartsWith("no matching manifest", StringComparison.Ordinal) ? EngineErrorKind.NotFound : EngineErrorKind.Internal, error.Message, error),
        LayerException => new EngineException(EngineErrorKind.Internal, $"failed to register layer: {error.Message}", error),
        _ => null,
    };

    private static EngineException NotFound(string message, Exception cause) => new(EngineErrorKind.NotFound, message, cause);
}
