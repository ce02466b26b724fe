using Vic.Testing.Files;
using Vic.Testing.Processes;

namespace Vic.Testing.Shell;

/// <summary>Runs scripts in the staged shell, where <c>Import-Module VIC</c> finds the staged module.</summary>
public static class ModuleShell
{
    public static string Executable => Path.Combine(Repository.Artifacts, "shell", "Vic.Shell.dll");

    public static string ModuleManifest => Path.Combine(Repository.Artifacts, "module", "VIC", "VIC.psd1");

    /// <summary>Runs a script file; secrets go by environment, never by argument.</summary>
    public static Command Script(string file, IReadOnlyDictionary<string, string?> environment, params IReadOnlyList<string> arguments) =>
        new("dotnet", [Executable, "-File", file, .. arguments]) { Environment = environment };
}
