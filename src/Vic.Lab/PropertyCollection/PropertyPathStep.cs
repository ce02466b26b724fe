namespace Vic.Lab.PropertyCollection;

/// <summary>One step of a property path.</summary>
/// <param name="Name">The property's name.</param>
/// <param name="Key">The key of one element of a list, or null.</param>
internal readonly record struct PropertyPathStep(string Name, string? Key);
