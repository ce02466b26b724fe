using System.Collections;
using System.Globalization;
using Vic.Lab.Authorization;
using Vic.Vim25;

namespace Vic.Lab.PropertyCollection;

/// <summary>Reads values at property paths.</summary>
internal static class PropertyValue
{
    /// <summary>The value at a path of a managed object; under the store's lock.</summary>
    public static (bool Found, object? Value) Read(ManagedObject managedObject, IReadOnlyList<PropertyPathStep> steps, SessionSight sight)
        => sight.Lacks(managedObject, steps[0].Name) is null ? Descend(sight.Read(managedObject, steps[0].Name), steps) : (false, null);

    /// <summary>Goes on from the value of a path's first property.</summary>
    public static (bool Found, object? Value) Descend(object? value, IReadOnlyList<PropertyPathStep> steps)
    {
        for (var index = 0; ; index++)
        {
            if (steps[index].Key is { } key)
            {
                value = value is IList list ? FindElement(list, key) : null;
            }

            if (index == steps.Count - 1 || value is null)
            {
                return (value is not null, value);
            }

            if (value is not DataObject data || !data.TryGetProperty(steps[index + 1].Name, out value))
            {
                return (false, null);
            }
        }
    }

    /// <summary>The values that a selection asks for, without those that are unset, and those that the user may not read; under the store's lock.</summary>
    public static (List<DynamicProperty> Properties, List<MissingProperty>? Missing) ReadAll(
        ManagedObject managedObject, PropertySelection selection, SessionSight sight)
    {
        var properties = new List<DynamicProperty>();
        List<MissingProperty>? missing = null;
        if (selection.All)
        {
            foreach (var name in managedObject.PropertyNames)
            {
                if (MayRead(name, name))
                {
                    Add(name, sight.Read(managedObject, name));
                }
            }
        }

        foreach (var path in selection.Paths)
        {
            if ((!selection.All || path.Steps.Count > 1) && MayRead(path.Text, path.Steps[0].Name))
            {
                Add(path.Text, Descend(sight.Read(managedObject, path.Steps[0].Name), path.Steps).Value);
            }
        }

        return (properties, missing);

        bool MayRead(string path, string name)
        {
            if (sight.Lacks(managedObject, name) is not { } privilege)
            {
                return true;
            }

            var fault = Faults.NoPermission(managedObject.Reference, privilege);
            (missing ??= []).Add(new MissingProperty
            {
                Path = path,
                Fault = new LocalizedMethodFault { Fault = fault.Fault, LocalizedMessage = fault.FaultText },
            });
            return false;
        }

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                properties.Add(new DynamicProperty { Name = name, Val = value });
            }
        }
    }

    /// <summary>The element with a key: its <c>key</c> property, or the value of a reference.</summary>
    private static object? FindElement(IList list, string key)
    {
        foreach (var element in list)
        {
            if (Convert.ToString(KeyOf(element), CultureInfo.InvariantCulture) == key)
            {
                return element;
            }
        }

        return null;
    }

    /// <summary>What an element is found by in its list: text or a number; null when it has no key.</summary>
    public static object? KeyOf(object? element) => element switch
    {
        ManagedObjectReference reference => reference.Value,
        DataObject data when data.TryGetProperty("key", out var value) => value is ManagedObjectReference reference ? reference.Value : value,
        _ => null,
    };
}
