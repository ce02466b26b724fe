using System.Management.Automation;
using Vic.Engine;

namespace Vic.PowerShell.PowerCli;

/// <summary>
/// Reads what a user passes for an inventory object: a name, an object of PowerCLI, or any object that shows a managed object
/// reference in PowerCLI's way.
/// </summary>
internal static class InventoryArgument
{
    private static readonly string[] InventoryTypes =
    [
        "ClusterComputeResource", "ComputeResource", "HostSystem", "ResourcePool", "VirtualApp", "Datacenter", "Folder",
        "Datastore", "StoragePod", "Network", "DistributedVirtualPortgroup", "OpaqueNetwork", "VirtualMachine",
    ];

    /// <exception cref="VicException">The object names nothing in an inventory.</exception>
    public static InventorySelector Read(object argument, string parameter)
    {
        var plain = argument is PSObject { BaseObject: not PSCustomObject } wrapper ? wrapper.BaseObject : argument;
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

        // "ClusterComputeResource-domain-c7": the value itself holds dashes.
        var id = Shape.ReadText(plain, "Id");
        if (id is not null && InventoryTypes.FirstOrDefault(known => id.StartsWith(known + "-", StringComparison.Ordinal)) is { } prefix)
        {
            return InventorySelector.ByReference(prefix, id.Substring(prefix.Length + 1), title);
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

    /// <summary>The address of the server that an object of PowerCLI came from; null when it does not say.</summary>
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
}
