namespace Vic.Lab.Machines;

/// <summary>The layer 2 segments, one for each port group.</summary>
public interface IPortGroupNetworks
{
    /// <summary>Adds a port group before any adapter refers to it.</summary>
    Task AddAsync(PortGroupSegment segment, CancellationToken cancellationToken);

    /// <summary>Removes a port group that no running machine uses.</summary>
    Task RemoveAsync(string key, CancellationToken cancellationToken);
}
