using System.Text;
using Vic.Build.Execution;

namespace Vic.Build.Images;

/// <summary>The modules of one kernel and the order in which they must be loaded.</summary>
internal sealed class KernelModules
{
    private readonly Dictionary<string, string> _files;
    private readonly HashSet<string> _builtin;

    public KernelModules(string kernelPackage)
    {
        // The package leaves modules.dep to depmod on the installed machine, so dependencies are read from the modules.
        var root = Directory.EnumerateDirectories(Path.Combine(kernelPackage, "lib/modules")).Single();
        _files = Directory.EnumerateFiles(root, "*.ko", SearchOption.AllDirectories).ToDictionary(NameOf, StringComparer.Ordinal);
        _builtin = File.ReadLines(Path.Combine(root, "modules.builtin")).Select(NameOf).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The files of the named modules and of all that they need, each after its dependencies.</summary>
    public IReadOnlyList<string> LoadOrder(IEnumerable<string> names)
    {
        var order = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
            Add(name);
        return order;

        void Add(string name)
        {
            name = name.Replace('-', '_');
            if (_builtin.Contains(name) || !seen.Add(name))
                return;
            if (!_files.TryGetValue(name, out var file))
                throw new BuildFailedException($"The kernel has no module {name}.");
            foreach (var dependency in Dependencies(file))
                Add(dependency);
            order.Add(file);
        }
    }

    private static string NameOf(string path) => Path.GetFileNameWithoutExtension(path).Replace('-', '_');

    /// <summary>Reads <c>depends=</c> of the section .modinfo: NUL-terminated <c>key=value</c> texts.</summary>
    private static string[] Dependencies(string file)
    {
        var content = File.ReadAllBytes(file).AsSpan();
        var start = content.IndexOf("\0depends="u8);
        if (start < 0)
            return [];
        var value = content[(start + "\0depends=".Length)..];
        return Encoding.ASCII.GetString(value[..value.IndexOf((byte)0)]).Split(',', StringSplitOptions.RemoveEmptyEntries);
    }
}
