using Vic.Vim25;

namespace Vic.Lab.PropertyCollection;

/// <summary>Turns selection specifications, which may refer to each other by name and in circles, into a graph of steps.</summary>
internal sealed class TraversalCompiler(int limit)
{
    private readonly Dictionary<TraversalSpec, TraversalStep> steps = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, TraversalSpec> named = new(StringComparer.Ordinal);
    private readonly HashSet<SelectionSpec> collected = new(ReferenceEqualityComparer.Instance);

    /// <summary>Notes the names that a selection set and everything below it define.</summary>
    public void Collect(IReadOnlyList<SelectionSpec>? selections)
    {
        foreach (var selection in selections ?? [])
        {
            if (!collected.Add(selection) || selection is not TraversalSpec traversal)
            {
                continue;
            }

            if (collected.Count > limit)
            {
                throw Faults.InvalidArgument("specSet", $"More than {limit} selection specifications.");
            }

            if (!string.IsNullOrEmpty(traversal.Name))
            {
                named.TryAdd(traversal.Name, traversal);
            }

            Collect(traversal.SelectSet);
        }
    }

    public IReadOnlyList<TraversalStep> Compile(IReadOnlyList<SelectionSpec>? selections)
    {
        var compiled = new List<TraversalStep>();
        foreach (var selection in selections ?? [])
        {
            var traversal = selection as TraversalSpec
                ?? named.GetValueOrDefault(selection.Name ?? string.Empty)
                ?? throw Faults.InvalidArgument("specSet", $"No traversal is named '{selection.Name}'.");
            compiled.Add(Compile(traversal));
        }

        return compiled;
    }

    private TraversalStep Compile(TraversalSpec traversal)
    {
        if (steps.TryGetValue(traversal, out var known))
        {
            return known;
        }

        PropertyNames.Check(traversal.Type, traversal.Path);

        var step = new TraversalStep(traversal.Type, traversal.Path, traversal.Skip ?? false);
        steps[traversal] = step;
        step.Next = Compile(traversal.SelectSet);
        return step;
    }
}
