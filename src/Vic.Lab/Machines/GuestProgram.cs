namespace Vic.Lab.Machines;

/// <summary>A program to start in a guest.</summary>
/// <param name="Path">The program's path in the guest.</param>
/// <param name="Arguments">Its arguments, as one string.</param>
/// <param name="WorkingDirectory">Its working directory, or null.</param>
/// <param name="Environment">Variables as <c>NAME=value</c>.</param>
public sealed record GuestProgram(string Path, string Arguments, string? WorkingDirectory, IReadOnlyList<string> Environment);
