using System.Collections;
using System.Management.Automation;
using Vic.Engine;
using Vic.PowerShell.Output;

namespace Vic.PowerShell.PowerCli;

/// <summary>
/// Reads what a user passes for an inventory object: a name, an object of PowerCLI, one of this module, or any object that shows a managed object
/// reference in PowerCLI's way.
/// </summary>
internal static class InventoryArgument
{
    private static readonly string[] InventoryTypes =
    [
        "ClusterComputeResource", "ComputeResource", "HostSystem", "ResourcePool", "VirtualApp", "Datacenter", "Folder",
        "Datastore", "StoragePod", "Network", "DistributedVirtualPortgroup", "OpaqueNetwork", "VirtualMachine",
    ];

    /// <exception cref="VicException">The object names nothing in an inventory, or is several.</exception>
    public static InventorySelector Read(object argument, string parameter)
    {
        var plain = Single(argument, parameter);
        if (plain is string name && name.Trim().Length > 0)
        {
            return InventorySelector.ByName(name);
        }

        var title = Shape.ReadText(plain, "Name");
        var view = Shape.Read(Shape.Read(plain, "ExtensionData"), "MoRef") ?? Shape.Read(plain, "MoRef");
        if (Shape.ReadText(view, "Type") is { } type && Shape.ReadText(view, "Value") is { } value)
        {
            return InventorySelector.ByReference(type, value, title);
        }

        if (Shape.ReadText(plain, "Id") is { } id && TryReadId(id) is { } reference)
        {
            return InventorySelector.ByReference(reference.Type, reference.Value, title);
        }

        // A standard port group of one host shows a key instead of a reference; vSphere knows its network by the name.
        return title is not null && Shape.ReadText(plain, "Key") is not null
            ? InventorySelector.ByName(title)
            : throw new VicException(
                "NotAnInventoryObject", VicErrorKind.InvalidInput, $"-{parameter} takes a name or an inventory object; '{argument}' is neither.")
            {
                Target = argument,
            };
    }

    /// <summary>Reads an id of PowerCLI's form, <c>ClusterComputeResource-domain-c7</c>: the value itself holds dashes.</summary>
    public static (string Type, string Value)? TryReadId(string id) =>
        InventoryTypes.FirstOrDefault(known => id.StartsWith(known + "-", StringComparison.Ordinal)) is { } type ? (type, id.Substring(type.Length + 1)) : null;

    /// <summary>The things in an argument that may hold one or several.</summary>
    public static IReadOnlyList<PSObject> Each(PSObject argument) =>
        argument.BaseObject is IEnumerable many and not (string or IDictionary) ? many.Cast<object>().Select(PSObject.AsPSObject).ToList() : [argument];

    /// <summary>The session that an object of this module came from; null for any other object.</summary>
    public static Sessions.VicServer? SessionOf(PSObject argument) => (argument.BaseObject as InventoryObject)?.Server;

    /// <summary>The server that an object of PowerCLI came from, as <c>host:port</c>; null when it does not say.</summary>
    public static string? ServerOf(object argument)
    {
        // "/VIServer=vsphere.local\administrator@vc.example.org:443/Cluster=ClusterComputeResource-domain-c7/"
        const string Marker = "/VIServer=";
        if (Shape.ReadText(argument, "Uid") is not { } uid || !uid.StartsWith(Marker, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var end = uid.IndexOf('/', Marker.Length);
        var server = end < 0 ? uid.Substring(Marker.Length) : uid.Substring(Marker.Length, end - Marker.Length);
        return server.Substring(server.LastIndexOf('@') + 1);
    }

    private static object Single(object argument, string parameter)
    {
        var items = Each(PSObject.AsPSObject(argument));
        if (items.Count != 1)
        {
            throw new VicException(
                "NotOneObject", VicErrorKind.InvalidInput, $"-{parameter} takes one; given were {items.Count}{(items.Count == 0 ? "" : $": {string.Join(", ", items)}")}.")
            {
                Target = argument,
                RecommendedAction = items.Count == 0 ? null : "Pipe them in, or run the cmdlet for each.",
            };
        }

        return items[0] is { BaseObject: not PSCustomObject } wrapper ? wrapper.BaseObject : items[0];
    }
}
