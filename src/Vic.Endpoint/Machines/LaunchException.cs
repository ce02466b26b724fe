namespace Vic.Endpoint.Machines;

/// <summary>The guest could not start a process.</summary>
/// <param name="exitCode">127 = not found, 126 = cannot be run.</param>
/// <param name="message">The reason, such as <c>exec: "x": executable file not found in $PATH</c>.</param>
public sealed class LaunchException(int exitCode, string message) : Exception(message)
{
    /// <summary>The exit code that docker gives such a container.</summary>
    public int ExitCode => exitCode;

    /// <summary>The reason as docker's client shows it; a program that cannot be run is named behind docker's own words.</summary>
    public string Describe() => IsOfProgram ? $"unable to start container process: {Message}" : Message;

    /// <summary>The same for a further process of a container.</summary>
    public string DescribeExec() => IsOfProgram ? $"exec failed: {Describe()}" : Message;

    private bool IsOfProgram => Message.StartsWith("exec: ", StringComparison.Ordinal);
}
