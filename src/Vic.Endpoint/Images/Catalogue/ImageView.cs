using System.Text.Json;
using Vic.Oci.Manifests;
using Vic.Oci.References;

namespace Vic.Endpoint.Images.Catalogue;

/// <summary>Shows a record as the rest of the endpoint sees an image.</summary>
internal static class ImageView
{
    // The id of the empty layer that every other stands on.
    private const string EmptyLayer = "scratch";

    public static StoredImage Of(ImageRecord record, string diskPath)
    {
        var configuration = JsonSerializer.Deserialize(record.Configuration, OciJson.Default.ImageConfiguration)
            ?? throw new InvalidDataException($"the configuration of {record.Id} is damaged");
        return new StoredImage
        {
            Id = record.Id,
            Tags = [.. record.Tags.Select(Familiar)],
            Digests = [.. record.Digests.Select(Familiar)],
            Created = configuration.Created ?? default,
            Size = record.Layers.Sum(layer => layer.Size),
            Architecture = configuration.Architecture,
            Variant = configuration.Variant,
            OperatingSystem = configuration.Platform.OperatingSystem,
            Author = configuration.Author ?? "",
            Comment = configuration.Comment ?? "",
            Configuration = Of(configuration.Config ?? new ContainerDefaults()),
            DiffIds = [.. record.Layers.Select(layer => layer.DiffId)],
            History = [.. HistoryOf(configuration.History ?? [], record.Layers)],
            LayerId = record.Layers.Count == 0 ? EmptyLayer : record.Layers[^1].Id,
            DiskPath = diskPath,
        };
    }

    private static string Familiar(string name) => ImageReference.Parse(name).FamiliarText;

    private static Images.ImageConfiguration Of(ContainerDefaults defaults) => new()
    {
        User = defaults.User ?? "",
        Environment = defaults.Env ?? [],
        Entrypoint = defaults.Entrypoint,
        Command = defaults.Cmd,
        WorkingDirectory = defaults.WorkingDir ?? "",
        Volumes = [.. (defaults.Volumes ?? new Dictionary<string, EmptyObject>()).Keys],
        ExposedPorts = [.. (defaults.ExposedPorts ?? new Dictionary<string, EmptyObject>()).Keys],
        Labels = defaults.Labels ?? new Dictionary<string, string>(),
        StopSignal = defaults.StopSignal ?? "",
        Shell = defaults.Shell,
        OnBuild = defaults.OnBuild,
    };

    private static IEnumerable<ImageHistoryEntry> HistoryOf(IReadOnlyList<HistoryEntry> history, IReadOnlyList<LayerRecord> layers)
    {
        var next = 0;
        foreach (var step in history)
        {
            var size = step.EmptyLayer || next >= layers.Count ? 0 : layers[next++].Size;
            yield return new ImageHistoryEntry(step.Created ?? default, step.CreatedBy ?? "", step.Comment ?? "", size);
        }
    }
}
