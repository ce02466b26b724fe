namespace Vic.Lab.Machines;

/// <summary>A process in a guest, as its tools list it.</summary>
/// <param name="Id">Process id.</param>
/// <param name="Name">Program name.</param>
/// <param name="Owner">The user it runs as.</param>
/// <param name="CommandLine">Its command line.</param>
/// <param name="StartTime">When it was started.</param>
/// <param name="EndTime">When it ended, if it did.</param>
/// <param name="ExitCode">Its exit code, if it ended.</param>
public sealed record GuestProcess(
    long Id, string Name, string Owner, string CommandLine, DateTimeOffset StartTime, DateTimeOffset? EndTime, int? ExitCode);
