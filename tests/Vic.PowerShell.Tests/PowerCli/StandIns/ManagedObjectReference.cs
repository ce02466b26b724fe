namespace VMware.Vim;

/// <summary>A reference as PowerCLI's views have it.</summary>
public sealed record ManagedObjectReference(string Type, string Value);
