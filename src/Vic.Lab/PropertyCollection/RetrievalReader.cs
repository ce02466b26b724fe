using Vic.Lab.Authorization;
using Vic.Vim25;

namespace Vic.Lab.PropertyCollection;

/// <summary>Reads the properties of all objects that some filter specifications lead to, at once or page by page.</summary>
internal static class RetrievalReader
{
    /// <summary>The objects and what to read of each, in order; made under the store's lock.</summary>
    public static List<(ManagedObject Object, PropertySelection Selection)> Select(
        IEnumerable<FilterPlan> plans, PropertyCollectorObject collector)
    {
        var selected = new List<(ManagedObject, PropertySelection)>();
        foreach (var plan in plans)
        {
            CheckStarts(plan, collector);
            var found = ObjectSelection.Evaluate(plan, collector).Reported;
            CheckPaths(found);
            selected.AddRange(found.Select(entry => (entry.Key, entry.Value)));
        }

        return selected;
    }

    /// <summary>Reads one object's properties; made under the store's lock.</summary>
    public static ObjectContent Read(ManagedObject managedObject, PropertySelection selection, SessionSight sight)
    {
        var (properties, missing) = PropertyValue.ReadAll(managedObject, selection, sight);
        return new() { Obj = managedObject.Reference, PropSet = properties, MissingSet = missing };
    }

    /// <summary>Checks paths into values by one object of each type, which stands for the others.</summary>
    /// <exception cref="VimFaultException">A value has no property of the name that a path goes on with.</exception>
    public static void CheckPaths(IReadOnlyDictionary<ManagedObject, PropertySelection> selected)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (managedObject, selection) in selected)
        {
            if (!seen.Add(managedObject.Reference.Type))
            {
                continue;
            }

            foreach (var path in selection.Paths)
            {
                if (path.Steps.Count > 1 && PropertyNames.IsAstray(managedObject, path.Steps))
                {
                    throw Faults.InvalidProperty(path.Text);
                }
            }
        }
    }

    /// <exception cref="VimFaultException">A starting object is not there, and the client did not ask to be told in the results.</exception>
    public static void CheckStarts(FilterPlan plan, PropertyCollectorObject collector)
    {
        foreach (var start in plan.Starts)
        {
            collector.CheckStart(start.Reference, plan.ReportMissingObjects);
        }
    }
}
