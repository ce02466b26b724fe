namespace Vic.Guest.Kernel;

/// <summary>The words with which the boot loader started the kernel.</summary>
public sealed class KernelCommandLine(string text)
{
    private readonly string[] _words = text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Reads the running kernel's command line.</summary>
    public static KernelCommandLine Current() => new(File.ReadAllText("/proc/cmdline"));

    /// <summary>The value of the last <c>name=value</c>, or null.</summary>
    public string? Value(string name)
    {
        var prefix = name + "=";
        return _words.LastOrDefault(word => word.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];
    }
}
