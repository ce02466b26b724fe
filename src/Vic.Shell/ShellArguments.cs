using System.Diagnostics.CodeAnalysis;

namespace Vic.Shell;

/// <summary>The command line: the subset of <c>pwsh</c>'s that scripts use.</summary>
internal sealed record ShellArguments(ShellMode Mode, string Text, IReadOnlyList<string> Rest)
{
    public const string Usage = "Usage: Vic.Shell [-NoProfile] [-NonInteractive] [-File script.ps1 [arguments] | -Command text]";

    public static bool TryParse(
        IReadOnlyList<string> args, [NotNullWhen(true)] out ShellArguments? arguments, [NotNullWhen(false)] out string? problem)
    {
        arguments = null;
        problem = null;
        for (var index = 0; index < args.Count; index++)
        {
            var rest = args.Skip(index + 1).ToList();
            switch (args[index].ToLowerInvariant())
            {
                case "-noprofile" or "-nologo" or "-noninteractive":
                    // Accepted so that a line written for pwsh runs here; there is no profile and no logo.
                    continue;
                case "-file" or "-f" when rest.Count > 0:
                    arguments = new(ShellMode.File, rest[0], rest.Skip(1).ToList());
                    return true;
                case "-command" or "-c" when rest.Count > 0:
                    arguments = new(ShellMode.Command, string.Join(' ', rest), []);
                    return true;
                case "-file" or "-f" or "-command" or "-c":
                    problem = $"'{args[index]}' needs a value.";
                    return false;
                case var option when option.StartsWith('-'):
                    problem = $"'{args[index]}' is not an option of this shell.";
                    return false;
                default:
                    arguments = new(ShellMode.File, args[index], rest);
                    return true;
            }
        }

        arguments = new(ShellMode.Prompt, "", []);
        return true;
    }
}
