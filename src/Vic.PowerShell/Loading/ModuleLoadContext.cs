#if NET8_0_OR_GREATER
using System.Reflection;
using System.Runtime.Loader;

namespace Vic.PowerShell.Loading;

/// <summary>
/// Keeps the module's libraries apart from those of other modules in the same PowerShell: every module may bring its own version of
/// BouncyCastle. The module's script loads this assembly once as it is, only to call <see cref="Load()"/>; the cmdlets come from a
/// second copy inside the private context.
/// </summary>
public sealed class ModuleLoadContext : AssemblyLoadContext
{
    private static readonly object Gate = new();
    private static ModuleLoadContext? s_instance;

    private readonly string _folder;

    private ModuleLoadContext(string folder)
        : base("VIC for PowerShell") => _folder = folder;

    /// <summary>The module's assembly, in the private context.</summary>
    public static Assembly Load()
    {
        lock (Gate)
        {
            var outside = typeof(ModuleLoadContext).Assembly;
            s_instance ??= new ModuleLoadContext(Path.GetDirectoryName(outside.Location)!);
            return s_instance.LoadFromAssemblyPath(outside.Location);
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // PowerShell itself is the one that runs, even when a copy of it lies here.
        var path = Path.Combine(_folder, assemblyName.Name + ".dll");
        return assemblyName.Name != "System.Management.Automation" && File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
#endif
