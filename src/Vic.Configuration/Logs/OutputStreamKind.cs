namespace Vic.Configuration;

/// <summary>Which of a process's output streams bytes belong to.</summary>
public enum OutputStreamKind
{
    /// <summary>Standard output, or a terminal.</summary>
    Output = 0,

    /// <summary>Standard error.</summary>
    Error = 1,
}
