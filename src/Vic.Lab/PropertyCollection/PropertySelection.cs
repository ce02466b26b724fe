namespace Vic.Lab.PropertyCollection;

/// <summary>Which properties of an object are asked for.</summary>
internal sealed class PropertySelection(bool all, IReadOnlyList<PropertySelection.SelectedPath> paths)
{
    public bool All { get; } = all;

    public IReadOnlyList<SelectedPath> Paths { get; } = paths;

    public bool IsEmpty => !All && Paths.Count == 0;

    internal sealed record SelectedPath(string Text, IReadOnlyList<PropertyPathStep> Steps);
}
