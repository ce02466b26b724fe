using Vic.Guest.Linux;

namespace Vic.Guest.Kernel;

/// <summary>Loads the drivers that the initramfs carries.</summary>
public static class KernelModules
{
    // init_module's newer form takes a descriptor (finit_module(2)); glibc has no function for it.
    private const int FinitModule = 313;

    /// <summary>Loads the modules that <c>load</c> in the folder lists, in that order. One that fails does not stop the others.</summary>
    public static void LoadAll(string folder, Action<string> log)
    {
        var list = Path.Combine(folder, "load");
        if (!File.Exists(list))
            return;
        foreach (var name in File.ReadLines(list))
        {
            try
            {
                Load(Path.Combine(folder, name));
            }
            catch (LinuxException failure) when (failure.Errno != Errno.Exists)
            {
                log($"module {name}: {failure.Message}");
            }
        }
    }

    private static unsafe void Load(string path)
    {
        using var module = FileDescriptor.Open(path, OpenFlags.ReadOnly);
        byte parameters = 0;
        LinuxException.Check((int)Libc.syscall(FinitModule, module.Number, (nint)(&parameters), 0, 0, 0), "finit_module");
    }
}
