using Vic.Endpoint.Errors;
using Vic.Oci.References;

namespace Vic.Endpoint.Images.Catalogue;

/// <summary>Finds the image that a user means, by docker's order: id, name, beginning of an id.</summary>
internal static class ImageLookup
{
    private const string IdPrefix = "sha256:";

    /// <summary>The image, and the name that it was found by (null when it was an id); null when there is none.</summary>
    public static (ImageRecord Image, ImageReference? Name)? Find(ImageCatalogue catalogue, string text)
    {
        var hex = text.StartsWith(IdPrefix, StringComparison.Ordinal) ? text[IdPrefix.Length..] : text;
        if (hex.Length == 64 && catalogue.FindById(IdPrefix + hex) is { } exact)
        {
            return (exact, null);
        }

        if (hex.Length == text.Length && ImageReference.TryParse(text, out var name) && catalogue.FindByName(name.OrLatest()) is { } named)
        {
            return (named, name.OrLatest());
        }

        return catalogue.FindByPrefix(hex) is { } found ? (found, null) : null;
    }

    /// <summary>docker's refusal for an image that is not there.</summary>
    public static EngineException Missing(string text) => EngineException.NotFound(
        "No such image: " + (ImageReference.TryParse(text, out var name) && !text.StartsWith(IdPrefix, StringComparison.Ordinal) ? name.OrLatest().FamiliarText : text));
}
