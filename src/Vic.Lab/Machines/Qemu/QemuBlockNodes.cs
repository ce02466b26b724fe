using System.Text.Json.Nodes;
using Vic.Lab.Disks;

namespace Vic.Lab.Machines.Qemu;

/// <summary>
/// Describes disks to QEMU as block nodes. The chain of backing files is spelled out from the descriptors, so what a data file's own header names as
/// its backing file is never opened.
/// </summary>
internal static class QemuBlockNodes
{
    /// <summary>A disk with its parents, the disk itself first.</summary>
    public static JsonObject Disk(string nodeName, IReadOnlyList<DiskLink> chain, bool readOnly)
    {
        JsonNode? node = null;
        for (var index = chain.Count - 1; index >= 0; index--)
        {
            node = Qcow2(chain[index].DataPath, readOnly || index > 0, node);
        }

        node!["node-name"] = nodeName;
        return (JsonObject)node;
    }

    /// <summary>A child without its parent, which QEMU has open already and puts below it.</summary>
    public static JsonObject Child(string nodeName, DiskLink link)
    {
        var node = Qcow2(link.DataPath, readOnly: false, backing: null);
        node["node-name"] = nodeName;
        return node;
    }

    /// <summary>A throw-away image over a disk that is only read.</summary>
    public static JsonObject Overlay(string nodeName, string overlayPath, JsonObject disk)
    {
        disk.Remove("node-name");
        var node = Qcow2(overlayPath, readOnly: false, disk);
        node["node-name"] = nodeName;
        return node;
    }

    /// <summary>An ISO image.</summary>
    public static JsonObject Iso(string nodeName, string path) => new()
    {
        ["driver"] = "raw",
        ["node-name"] = nodeName,
        ["read-only"] = true,
        ["file"] = File(path, readOnly: true),
    };

    private static JsonObject Qcow2(string path, bool readOnly, JsonNode? backing) => new()
    {
        ["driver"] = "qcow2",
        ["read-only"] = readOnly,
        ["discard"] = "unmap",
        ["file"] = File(path, readOnly),
        ["backing"] = backing,
    };

    private static JsonObject File(string path, bool readOnly) => new()
    {
        ["driver"] = "file",
        ["filename"] = path,
        ["read-only"] = readOnly,
    };
}
