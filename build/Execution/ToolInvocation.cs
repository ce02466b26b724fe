namespace Vic.Build.Execution;

/// <summary>One start of an external tool.</summary>
internal sealed record ToolInvocation(string FileName, params IReadOnlyList<string> Arguments)
{
    /// <summary>The folder to run in; the repository's root when null.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables added to the inherited environment; null removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public override string ToString() => string.Join(' ', [FileName, .. Arguments]);
}
