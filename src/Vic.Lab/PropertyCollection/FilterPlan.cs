using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.PropertyCollection;

/// <summary>The compiled form of a PropertyFilterSpec: where to start, where to go from there, and what to report of each type.</summary>
internal sealed class FilterPlan
{
    private const int SpecLimit = 1000;

    private readonly IReadOnlyList<PropertySpec> propertySpecs;
    private readonly Dictionary<string, PropertySelection?> selections = new(StringComparer.Ordinal);

    private FilterPlan(PropertyFilterSpec spec, IReadOnlyList<PropertySpec> propertySpecs, IReadOnlyList<Start> starts)
    {
        Spec = spec;
        this.propertySpecs = propertySpecs;
        Starts = starts;
    }

    public PropertyFilterSpec Spec { get; }

    public IReadOnlyList<Start> Starts { get; }

    public bool ReportMissingObjects => Spec.ReportMissingObjectsInResults ?? false;

    /// <exception cref="VimFaultException">The specification contradicts itself.</exception>
    public static FilterPlan Compile(PropertyFilterSpec spec)
    {
        var propertySpecs = spec.PropSet ?? [];
        foreach (var property in propertySpecs)
        {
            foreach (var path in property.PathSet ?? [])
            {
                PropertyNames.Check(property.Type, path);
            }
        }

        var starts = new List<Start>();
        var compiler = new TraversalCompiler(SpecLimit);
        foreach (var start in spec.ObjectSet ?? [])
        {
            compiler.Collect(start.SelectSet);
        }

        foreach (var start in spec.ObjectSet ?? [])
        {
            starts.Add(new Start(start.Obj, start.Skip ?? false, compiler.Compile(start.SelectSet)));
        }

        return new FilterPlan(spec, propertySpecs, starts);
    }

    /// <summary>
    /// What to report of objects of a type: the union of the specifications for it and its base types (API reference, PropertySpec); null when the
    /// type is not asked for.
    /// </summary>
    public PropertySelection? SelectionFor(string type)
    {
        if (selections.TryGetValue(type, out var known))
        {
            return known;
        }

        var specs = propertySpecs.Where(spec => TypeHierarchy.Is(type, spec.Type)).ToList();
        PropertySelection? selection = null;
        if (specs.Count > 0)
        {
            var paths = specs.SelectMany(spec => spec.PathSet ?? []).Distinct(StringComparer.Ordinal);
            selection = new PropertySelection(
                specs.Exists(spec => spec.All ?? false),
                [.. paths.Select(path => new PropertySelection.SelectedPath(path, PropertyPath.Parse(path)!))]);
        }

        selections[type] = selection;
        return selection;
    }

    internal sealed record Start(ManagedObjectReference Reference, bool Skip, IReadOnlyList<TraversalStep> Steps);
}
