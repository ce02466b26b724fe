namespace Vic.Endpoint.Machines;

/// <summary>What a guest wrote about its main process.</summary>
/// <param name="ExitCode">The exit code; null when none was written.</param>
/// <param name="Error">Why the process did not start; empty when it did.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="FinishedAt">When it ended.</param>
public sealed record GuestReport(int? ExitCode, string Error, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt);
