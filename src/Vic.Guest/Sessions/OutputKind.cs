namespace Vic.Guest.Sessions;

/// <summary>Which of a process's outputs bytes came from.</summary>
public enum OutputKind
{
    /// <summary>Standard output, or the terminal.</summary>
    Standard = 1,

    /// <summary>Error output.</summary>
    Error = 2,
}
