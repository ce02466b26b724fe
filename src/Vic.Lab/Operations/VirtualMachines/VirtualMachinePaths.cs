namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>How files of a virtual machine are named.</summary>
internal static class VirtualMachinePaths
{
    /// <summary>A machine's name as it is used for files: what a path cannot hold becomes an underscore.</summary>
    public static string FileStem(string name)
        => string.Concat(name.Select(character => character is '/' or '\\' or '%' || char.IsControl(character) ? '_' : character));
}
