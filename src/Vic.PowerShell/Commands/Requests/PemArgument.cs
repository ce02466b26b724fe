namespace Vic.PowerShell.Commands.Requests;

/// <summary>What a user passes for certificates: a PEM file, or the PEM text itself.</summary>
internal static class PemArgument
{
    private const string TextMark = "-----BEGIN";

    /// <returns>The text, or the full path of the file.</returns>
    /// <param name="argument">What was passed.</param>
    /// <param name="fullPath">The path that a user's path means.</param>
    public static string Locate(string argument, Func<string, string> fullPath) =>
        argument.TrimStart().StartsWith(TextMark, StringComparison.Ordinal) ? argument : fullPath(argument);
}
