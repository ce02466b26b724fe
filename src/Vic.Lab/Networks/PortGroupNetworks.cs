using System.Collections.Concurrent;
using Vic.Lab.Machines;
using Vic.Lab.Machines.Processes;

namespace Vic.Lab.Networks;

/// <summary>One switch for each port group, and the gateway on the routed one.</summary>
internal sealed class PortGroupNetworks(ChildProcessHost? processes, string socketDirectory) : IPortGroupNetworks, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, (PortGroupSegment Segment, EthernetSwitch Switch)> _segments = new(StringComparer.Ordinal);

    /// <summary>The gateway, when there is a routed segment and machines really run.</summary>
    public NatGateway? Gateway { get; private set; }

    /// <summary>The switch of a port group.</summary>
    /// <exception cref="MachineException">There is no such port group.</exception>
    public EthernetSwitch SwitchOf(string key) =>
        _segments.TryGetValue(key, out var entry) ? entry.Switch : throw new MachineException($"The port group {key} does not exist.");

    public async Task AddAsync(PortGroupSegment segment, CancellationToken cancellationToken)
    {
        var added = new EthernetSwitch();
        if (!_segments.TryAdd(segment.Key, (segment, added)))
        {
            throw new MachineException($"The port group {segment.Key} exists already.");
        }

        if (!segment.Routed || processes is null)
        {
            return;
        }

        try
        {
            if (Gateway is not null)
            {
                throw new MachineException("There is a routed port group already.");
            }

            Gateway = await NatGateway.StartAsync(processes, socketDirectory, added, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _segments.TryRemove(segment.Key, out _);
            throw;
        }
    }

    public async Task RemoveAsync(string key, CancellationToken cancellationToken)
    {
        if (!_segments.TryRemove(key, out var removed))
        {
            throw new MachineException($"The port group {key} does not exist.");
        }

        if (removed.Segment.Routed)
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Gateway is { } gateway)
        {
            Gateway = null;
            await gateway.DisposeAsync().ConfigureAwait(false);
        }
    }
}
