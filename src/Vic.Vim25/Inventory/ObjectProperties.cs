namespace Vic.Vim25;

/// <summary>Properties of one managed object, as they were read.</summary>
public sealed class ObjectProperties
{
    private readonly ObjectContent _content;

    internal ObjectProperties(ObjectContent content) => _content = content;

    /// <summary>The object.</summary>
    public ManagedObjectReference Reference => _content.Obj;

    /// <summary>The property paths that have values.</summary>
    public IEnumerable<string> Paths => _content.PropSet?.Select(property => property.Name) ?? [];

    /// <summary>Properties that exist but could not be read, for example for want of a privilege.</summary>
    public IReadOnlyList<MissingProperty> Missing => _content.MissingSet ?? [];

    /// <summary>The value at a path that was asked for; for a number, a time or another structure that may be missing, <see cref="GetValue"/>.</summary>
    /// <returns>The value, or the default when the property is not set or of another type.</returns>
    public T? Get<T>(string path)
        where T : notnull => Find(path) is T value ? value : default;

    /// <summary>The structure at a path that was asked for.</summary>
    /// <returns>The value, or null when the property is not set or of another type.</returns>
    public T? GetValue<T>(string path)
        where T : struct => Find(path) is T value ? value : null;

    // Asked for a nullable structure, the ahead-of-time compiler of .NET 10 makes "is T" an endless loop: hence two methods, and a T that is never nullable.
    private object? Find(string path)
    {
        foreach (DynamicProperty property in _content.PropSet ?? [])
        {
            if (property.Name == path)
            {
                return property.Val;
            }
        }

        return null;
    }
}
