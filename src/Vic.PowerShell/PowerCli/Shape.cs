using System.Management.Automation;

namespace Vic.PowerShell.PowerCli;

/// <summary>Reads objects of other modules by the names of their properties, without a reference to their assemblies.</summary>
internal static class Shape
{
    /// <summary>The property's value without PowerShell's wrapper; null when there is none or its getter fails.</summary>
    public static object? Read(object? owner, string property)
    {
        try
        {
            var value = owner is null ? null : PSObject.AsPSObject(owner).Properties[property]?.Value;
            return value is PSObject { BaseObject: not PSCustomObject } wrapper ? wrapper.BaseObject : value;
        }
        catch (GetValueException)
        {
            // A lazy property of a disconnected session throws; an object without it is all there is to say.
            return null;
        }
    }

    /// <summary>The property's value as text; null when absent or empty.</summary>
    public static string? ReadText(object? owner, string property) =>
        Read(owner, property)?.ToString() is { Length: > 0 } text ? text : null;
}
