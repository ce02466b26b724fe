namespace Vic.Engine.Inspection;

/// <summary>An address that a container uses.</summary>
/// <param name="Address">The address.</param>
/// <param name="Container">The container's name.</param>
/// <param name="ContainerId">The container's id.</param>
public sealed record VchNetworkAddress(string Address, string Container, string ContainerId)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Address} ({Container})";
}
