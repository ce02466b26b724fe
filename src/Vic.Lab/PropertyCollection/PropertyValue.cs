using System.Collections;
using System.Globalization;
using Vic.Vim25;

namespace Vic.Lab.PropertyCollection;

/// <summary>Reads values at property paths.</summary>
internal static class PropertyValue
{
    /// <summary>The value at a path of a managed object; under the store's lock.</summary>
    public static (bool Found, object? Value) Read(ManagedObject managedObject, IReadOnlyList<PropertyPathStep> steps)
        => Descend(managedObject.Read(steps[0].Name), steps);

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

    /// <summary>The values that a selection asks for, without those that are unset; under the store's lock.</summary>
    public static List<DynamicProperty> ReadAll(ManagedObject managedObject, PropertySelection selection)
    {
        var properties = new List<DynamicProperty>();
        if (selection.All)
        {
            foreach (var name in managedObject.PropertyNames)
            {
                Add(name, managedObject.Read(name));
            }
        }

        foreach (var path in selection.Paths)
        {
            if (!selection.All || path.Steps.Count > 1)
            {
                Add(path.Text, Read(managedObject, path.Steps).Value);
            }
        }

        return properties;

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
            var elementKey = element switch
            {
                ManagedObjectReference reference => reference.Value,
                DataObject data when data.TryGetProperty("key", out var value) => value is ManagedObjectReference reference
                    ? reference.Value
                    : Convert.ToString(value, CultureInfo.InvariantCulture),
                _ => null,
            };
            if (elementKey == key)
            {
                return element;
            }
        }

        return null;
    }
}
