namespace Vic.Shell;

internal enum ShellMode
{
    /// <summary>Read commands from the console until <c>exit</c>.</summary>
    Prompt,

    /// <summary>Run one script file.</summary>
    File,

    /// <summary>Run one text of commands.</summary>
    Command,
}
