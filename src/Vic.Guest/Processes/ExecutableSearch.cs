using Vic.Guest.Linux;

namespace Vic.Guest.Processes;

/// <summary>Finds a program the way docker's runtime does, with its error texts, because users and scripts know them.</summary>
internal static class ExecutableSearch
{
    private const int ExecuteAccess = 1;

    public static string Find(string program, IReadOnlyList<string> environment)
    {
        if (program.Contains('/'))
        {
            if (!Path.Exists(program))
                throw new LaunchException(LaunchFailure.NotFound, $"exec: \"{program}\": stat {program}: no such file or directory");
            return IsExecutable(program)
                ? program
                : throw new LaunchException(LaunchFailure.NotExecutable, $"exec: \"{program}\": permission denied");
        }

        const string Variable = "PATH=";
        var path = environment.LastOrDefault(entry => entry.StartsWith(Variable, StringComparison.Ordinal))?[Variable.Length..] ?? string.Empty;
        foreach (var folder in path.Split(':'))
        {
            var candidate = Path.Combine(folder.Length == 0 ? "." : folder, program);
            if (program.Length > 0 && IsExecutable(candidate))
                return candidate;
        }
        throw new LaunchException(LaunchFailure.NotFound, $"exec: \"{program}\": executable file not found in $PATH");
    }

    // For the superuser access(2) asks whether any execute bit is set.
    private static bool IsExecutable(string path) => File.Exists(path) && Libc.access(path, ExecuteAccess) == 0;
}
