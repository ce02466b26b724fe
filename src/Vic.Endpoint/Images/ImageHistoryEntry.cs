namespace Vic.Endpoint.Images;

/// <summary>One step of an image's making, from the history of its configuration.</summary>
/// <param name="Created">When the step was done.</param>
/// <param name="CreatedBy">The command of the step.</param>
/// <param name="Comment">A remark.</param>
/// <param name="Size">The size of its layer in bytes; 0 for a step without one.</param>
public sealed record ImageHistoryEntry(DateTimeOffset Created, string CreatedBy, string Comment, long Size);
