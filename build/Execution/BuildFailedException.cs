namespace Vic.Build.Execution;

/// <summary>A build step failed; the message is all the user needs.</summary>
internal sealed class BuildFailedException(string message) : Exception(message);
