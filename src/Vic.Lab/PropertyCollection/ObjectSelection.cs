using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.PropertyCollection;

/// <summary>The objects that a plan leads to at one moment; made under the store's lock.</summary>
internal sealed class ObjectSelection
{
    private readonly FilterPlan plan;
    private readonly PropertyCollectorObject collector;
    private readonly Func<ManagedObject, TraversalStep, bool> isTaken;
    private readonly HashSet<(ManagedObject, TraversalStep)> taken = [];

    private ObjectSelection(FilterPlan plan, PropertyCollectorObject collector, Func<ManagedObject, TraversalStep, bool> isTaken)
    {
        this.plan = plan;
        this.collector = collector;
        this.isTaken = isTaken;
    }

    /// <summary>The objects to report, in the order found.</summary>
    public Dictionary<ManagedObject, PropertySelection> Reported { get; } = [];

    /// <summary>The objects walked through, with the steps that decided where the walk went.</summary>
    public Dictionary<ManagedObject, List<TraversalStep>> Walked { get; } = [];

    /// <summary>Starting objects that are not there.</summary>
    public List<ManagedObjectReference> Missing { get; } = [];

    public static ObjectSelection Evaluate(FilterPlan plan, PropertyCollectorObject collector)
    {
        var selection = new ObjectSelection(plan, collector, (_, _) => false);
        foreach (var start in plan.Starts)
        {
            if (collector.Resolve(start.Reference) is { } managedObject)
            {
                selection.Visit(managedObject, start.Skip, start.Steps);
            }
            else
            {
                selection.Missing.Add(start.Reference);
            }
        }

        return selection;
    }

    /// <summary>The objects that a step leads to which has just found one more, and whatever lies behind it.</summary>
    /// <param name="plan">The plan that the step belongs to.</param>
    /// <param name="collector">Finds an object.</param>
    /// <param name="step">The step.</param>
    /// <param name="target">Where it leads now as well.</param>
    /// <param name="isTaken">Whether a step has been taken from an object before.</param>
    public static ObjectSelection Extend(
        FilterPlan plan,
        PropertyCollectorObject collector,
        TraversalStep step,
        ManagedObject target,
        Func<ManagedObject, TraversalStep, bool> isTaken)
    {
        var selection = new ObjectSelection(plan, collector, isTaken);
        selection.Visit(target, step.Skip, step.Next);
        return selection;
    }

    private void Visit(ManagedObject first, bool skipFirst, IReadOnlyList<TraversalStep> firstSteps)
    {
        var open = new Stack<(ManagedObject Object, bool Skip, IReadOnlyList<TraversalStep> Steps)>();
        open.Push((first, skipFirst, firstSteps));
        while (open.TryPop(out var current))
        {
            if (!current.Skip && plan.SelectionFor(current.Object.Reference.Type) is { } selection)
            {
                Reported.TryAdd(current.Object, selection);
            }

            foreach (var step in current.Steps)
            {
                if (TypeHierarchy.Is(current.Object.Reference.Type, step.Type)
                    && !isTaken(current.Object, step)
                    && taken.Add((current.Object, step)))
                {
                    Follow(current.Object, step, open);
                }
            }
        }
    }

    private void Follow(
        ManagedObject from, TraversalStep step, Stack<(ManagedObject Object, bool Skip, IReadOnlyList<TraversalStep> Steps)> open)
    {
        if (!Walked.TryGetValue(from, out var steps))
        {
            Walked[from] = steps = [];
        }

        steps.Add(step);
        switch (PropertyValue.Read(from, step.Steps, collector.Sight).Value)
        {
            case ManagedObjectReference reference:
                Push(reference);
                break;
            case IReadOnlyList<ManagedObjectReference> references:
                // The stack turns the order round; pushed backwards, the objects come out in the order of the list.
                for (var index = references.Count - 1; index >= 0; index--)
                {
                    Push(references[index]);
                }

                break;
        }

        void Push(ManagedObjectReference reference)
        {
            if (collector.Resolve(reference) is { } target)
            {
                open.Push((target, step.Skip, step.Next));
            }
        }
    }
}
