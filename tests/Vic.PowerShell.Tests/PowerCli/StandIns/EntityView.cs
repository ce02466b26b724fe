namespace VMware.Vim;

/// <summary>What <c>ExtensionData</c> shows of every object.</summary>
public sealed record EntityView(ManagedObjectReference MoRef, VimClientImpl Client);
