namespace Vic.Build.Help;

/// <summary>An example of a help page.</summary>
/// <param name="Title">What it is about, with its number.</param>
/// <param name="Body">The markdown below the title.</param>
internal sealed record HelpExample(string Title, string Body)
{
    private const string Fence = "```";
    private const string PowerShell = "powershell";

    /// <summary>What is typed: the blocks of PowerShell, one after the other.</summary>
    public string Code => string.Join('\n', Lines().Where(line => line.IsCode).Select(line => line.Text));

    /// <summary>What is said about it, and what it shows.</summary>
    public string Remarks => string.Join('\n', Lines().Where(line => !line.IsCode).Select(line => line.Text)).Trim();

    private IEnumerable<(bool IsCode, string Text)> Lines()
    {
        string? language = null;
        foreach (var line in Body.Split('\n'))
        {
            if (line.StartsWith(Fence, StringComparison.Ordinal))
            {
                language = language is null ? line[Fence.Length..] : null;
            }
            else
            {
                yield return (language == PowerShell, line);
            }
        }
    }
}
