namespace VMware.Vim;

/// <summary>Where a view came from.</summary>
public sealed record VimClientImpl(string ServiceUrl);
