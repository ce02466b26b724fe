namespace Vic.Engine.Containers;

/// <summary>A line that a container has printed.</summary>
/// <param name="Time">When the guest read its beginning from the process.</param>
/// <param name="Stream"><c>stdout</c> (also everything of a terminal) or <c>stderr</c>.</param>
/// <param name="Text">The line without its end.</param>
public sealed record ContainerLogLine(DateTimeOffset Time, string Stream, string Text);
