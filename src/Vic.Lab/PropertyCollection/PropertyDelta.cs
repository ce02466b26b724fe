using System.Collections;
using Vic.Lab.Authorization;
using Vic.Vim25;

namespace Vic.Lab.PropertyCollection;

/// <summary>Says how a value at a property path has changed since a client saw it.</summary>
internal static class PropertyDelta
{
    /// <summary>The changes of one path; none when the value is what it was.</summary>
    /// <param name="managedObject">The object as it is now.</param>
    /// <param name="sight">What the client may see.</param>
    /// <param name="path">The path that is watched.</param>
    /// <param name="old">The value at the path that the client has seen.</param>
    /// <param name="partial">Whether elements of a list are told one by one.</param>
    public static IEnumerable<PropertyChange> Of(
        ManagedObject managedObject, SessionSight sight, PropertySelection.SelectedPath path, object? old, bool partial)
    {
        var value = PropertyValue.Read(managedObject, path.Steps, sight).Value;
        if (Equals(old, value))
        {
            return [];
        }

        if (value is null)
        {
            return [new PropertyChange { Name = path.Text, Op = Removal(managedObject, sight, path.Steps) }];
        }

        if (partial && old is IList before && value is IList after && Elements(before, after) is { } elements)
        {
            return elements.Select(element => new PropertyChange { Name = $"{path.Text}[{element.Key}]", Op = element.Op, Val = element.Value });
        }

        var isNewElement = old is null && path.Steps[^1].Key is not null;
        return [new PropertyChange { Name = path.Text, Op = isNewElement ? PropertyChangeOp.Add : PropertyChangeOp.Assign, Val = value }];
    }

    // What contained the value may be gone as well; else an element was removed from its list, or a value is no longer set.
    private static PropertyChangeOp Removal(ManagedObject managedObject, SessionSight sight, IReadOnlyList<PropertyPathStep> steps)
    {
        var isElement = steps[^1].Key is not null;
        if (steps.Count == 1 && !isElement)
        {
            return PropertyChangeOp.Assign;
        }

        IReadOnlyList<PropertyPathStep> container = isElement ? [.. steps.SkipLast(1), steps[^1] with { Key = null }] : [.. steps.SkipLast(1)];
        if (PropertyValue.Read(managedObject, container, sight).Value is null)
        {
            return PropertyChangeOp.IndirectRemove;
        }

        return isElement ? PropertyChangeOp.Remove : PropertyChangeOp.Assign;
    }

    /// <summary>The elements that differ, by key; null when the elements have no keys.</summary>
    private static List<(string Key, PropertyChangeOp Op, object? Value)>? Elements(IList before, IList after)
    {
        var (old, now) = (Keyed(before), Keyed(after));
        if (old is null || now is null)
        {
            return null;
        }

        var changes = new List<(string Key, PropertyChangeOp Op, object? Value)>();
        changes.AddRange(old.Where(entry => !now.ContainsKey(entry.Key)).Select(entry => (entry.Key, PropertyChangeOp.Remove, (object?)null)));
        foreach (var (key, value) in now)
        {
            if (!old.TryGetValue(key, out var known))
            {
                changes.Add((key, PropertyChangeOp.Add, value));
            }
            else if (!Equals(known, value))
            {
                changes.Add((key, PropertyChangeOp.Assign, value));
            }
        }

        return changes;
    }

    private static Dictionary<string, object?>? Keyed(IList list)
    {
        var elements = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var element in list)
        {
            if (PropertyValue.KeyOf(element) is not { } key || !elements.TryAdd(key is string ? $"\"{key}\"" : $"{key}", element))
            {
                return null;
            }
        }

        return elements;
    }
}
