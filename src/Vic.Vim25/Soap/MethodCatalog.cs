namespace Vic.Vim25;

/// <summary>The methods of the schema by their names on the wire.</summary>
public static partial class MethodCatalog
{
    /// <summary>The wire names of all methods, in ordinal order.</summary>
    public static IReadOnlyList<string> MethodNames { get; } = NameList.Split(' ');

    /// <summary>Creates an empty request of the named method.</summary>
    /// <returns>False when the schema has no such method.</returns>
    public static bool TryCreate(string methodName, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out VimRequest? request)
    {
        request = Create(methodName);
        return request is not null;
    }
}
