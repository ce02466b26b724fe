namespace Vic.Testing.Fuzzing;

/// <summary>An input did what no input may: the message says which, and how to keep it.</summary>
public sealed class FuzzException(string message, Exception? cause) : Exception(message, cause);
