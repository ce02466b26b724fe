namespace Vic.Engine.Support;

/// <summary>What goes into a support bundle.</summary>
public sealed record SupportBundleOptions
{
    /// <summary>The most that is collected, in bytes before compression.</summary>
    public long MaximumLength { get; init; } = 64L << 20;

    /// <summary>Whether what containers have printed is collected; it is the users' own and may hold anything.</summary>
    public bool IncludesContainerOutput { get; init; }
}
