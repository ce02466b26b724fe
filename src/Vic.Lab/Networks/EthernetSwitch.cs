namespace Vic.Lab.Networks;

/// <summary>
/// One layer 2 segment: a learning switch. Forwarding is done by whoever hands in the frame and never waits: each port has a bounded queue that
/// drops when its reader is slow, as a wire does.
/// </summary>
internal sealed class EthernetSwitch
{
    private const int MaximumAddresses = 4096;
    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, SwitchPort> _addresses = [];
    private SwitchPort[] _ports = [];

    /// <summary>Plugs a new port in.</summary>
    public SwitchPort AddPort()
    {
        var port = new SwitchPort(this);
        lock (_lock)
        {
            _ports = [.. _ports, port];
        }

        return port;
    }

    /// <summary>How many ports are plugged in.</summary>
    public int PortCount => _ports.Length;

    /// <summary>Unplugs a port and forgets the addresses behind it.</summary>
    internal void Remove(SwitchPort port)
    {
        lock (_lock)
        {
            _ports = Array.FindAll(_ports, other => other != port);
            foreach (var address in _addresses.Where(entry => entry.Value == port).Select(entry => entry.Key).ToList())
            {
                _addresses.Remove(address);
            }
        }
    }

    /// <summary>Forwards a frame that came in at a port.</summary>
    internal void Forward(SwitchPort from, byte[] frame)
    {
        var source = EthernetFrame.Source(frame);
        var destination = EthernetFrame.Destination(frame);
        SwitchPort? known = null;
        SwitchPort[] ports;
        lock (_lock)
        {
            ports = _ports;
            if (Array.IndexOf(ports, from) < 0)
            {
                return;
            }

            Learn(source, from);
            if (!EthernetFrame.IsGroup(destination))
            {
                _addresses.TryGetValue(destination, out known);
            }
        }

        if (known is not null)
        {
            if (known != from)
            {
                known.Enqueue(frame);
            }

            return;
        }

        foreach (var port in ports)
        {
            if (port != from)
            {
                port.Enqueue(frame);
            }
        }
    }

    private void Learn(ulong source, SwitchPort from)
    {
        if (EthernetFrame.IsGroup(source))
        {
            return;
        }

        // A guest that invents addresses fills the table; starting anew costs some flooding and nothing else.
        if (_addresses.Count >= MaximumAddresses && !_addresses.ContainsKey(source))
        {
            _addresses.Clear();
        }

        _addresses[source] = from;
    }
}
