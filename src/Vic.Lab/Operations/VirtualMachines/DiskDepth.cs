using Vic.Lab.Machines;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Orders disks by how many parents they have.</summary>
internal static class DiskDepth
{
    private const int Limit = 255;

    public static int Of(IVirtualDisks disks, string file) => Chain(disks, file).Count;

    /// <summary>A disk and its parents, as far as they are there, the disk itself first.</summary>
    public static List<string> Chain(IVirtualDisks disks, string file)
    {
        var chain = new List<string>();
        for (string? next = file; next is not null && chain.Count < Limit && File.Exists(next); next = disks.Inspect(next)?.ParentPath)
        {
            chain.Add(next);
        }

        return chain;
    }
}
