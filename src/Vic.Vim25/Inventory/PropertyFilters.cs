namespace Vic.Vim25;

/// <summary>Filters for the property collector: which properties of which objects.</summary>
public static class PropertyFilters
{
    /// <summary>These properties of these objects; the objects may differ in type.</summary>
    public static PropertyFilterSpec ForObjects(IEnumerable<ManagedObjectReference> references, IReadOnlyList<string> paths)
    {
        List<ManagedObjectReference> objects = [.. references];
        List<string> types = [.. objects.Select(reference => reference.Type).Distinct(StringComparer.Ordinal)];
        return new PropertyFilterSpec
        {
            ObjectSet = [.. objects.Select(reference => new ObjectSpec { Obj = reference })],
            PropSet = [.. types.Select(type => Properties(type, types.Count == 1 ? paths : Existing(type, paths)))],
        };
    }

    /// <summary>These properties of the objects in a container view or list view, as they come and go.</summary>
    public static PropertyFilterSpec ForView(ManagedObjectReference view, string type, IReadOnlyList<string> paths) =>
        ForView(view, [Properties(type, paths)]);

    internal static PropertyFilterSpec ForView(ManagedObjectReference view, IReadOnlyList<PropertySpec> properties) => new()
    {
        ObjectSet =
        [
            new ObjectSpec
            {
                Obj = view,
                Skip = true,
                SelectSet = [new TraversalSpec { Name = "view", Type = view.Type, Path = "view", Skip = false }],
            },
        ],
        PropSet = [.. properties],
    };

    internal static PropertySpec Properties(string type, IReadOnlyList<string> paths) => new() { Type = type, All = false, PathSet = [.. paths] };

    /// <summary>A server refuses a path that the type has not; a caller with objects of several types asks for what any of them has.</summary>
    private static List<string> Existing(string type, IReadOnlyList<string> paths)
    {
        ManagedTypeInfo? known = ManagedTypeCatalog.Find(type);
        return [.. known is null ? paths : paths.Where(path => known.Properties.ContainsKey(FirstStep(path)))];
    }

    private static string FirstStep(string path)
    {
        int end = path.IndexOfAny(['.', '[']);
        return end < 0 ? path : path.Substring(0, end);
    }
}
