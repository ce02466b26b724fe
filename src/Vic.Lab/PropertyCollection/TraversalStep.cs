namespace Vic.Lab.PropertyCollection;

/// <summary>A step from one object to others: the compiled form of a TraversalSpec, with names resolved.</summary>
internal sealed class TraversalStep(string type, string path, bool skip)
{
    public string Type { get; } = type;

    public string Path { get; } = path;

    public IReadOnlyList<PropertyPathStep> Steps { get; } = PropertyPath.Parse(path) ?? [];

    /// <summary>Whether the objects that this step leads to are passed through, but not reported.</summary>
    public bool Skip { get; } = skip;

    public IReadOnlyList<TraversalStep> Next { get; set; } = [];
}
