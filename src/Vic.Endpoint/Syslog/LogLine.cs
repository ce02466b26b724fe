namespace Vic.Endpoint.Syslog;

/// <summary>A line of the endpoint's log.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Level">How grave it is.</param>
/// <param name="Category">The part of the endpoint that wrote it.</param>
/// <param name="Text">What it says.</param>
internal readonly record struct LogLine(DateTimeOffset Time, LogLevel Level, string Category, string Text);
