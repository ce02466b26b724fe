using System.Net;
using System.Net.Sockets;
using Vic.Lab.Machines;

namespace Vic.Lab.Networks;

/// <summary>
/// Gives each publish rule to a machine when that reports its address on the routed network. A rule stays with its machine until the machine is gone;
/// a new address of the machine moves the forward.
/// </summary>
internal sealed partial class PublishedPorts : IDisposable
{
    private readonly PortGroupNetworks _networks;
    private readonly ILogger _logger;
    private readonly List<Binding> _bindings;
    private readonly SemaphoreSlim _changing = new(1, 1);

    /// <exception cref="MachineException">A port is in use.</exception>
    public PublishedPorts(IReadOnlyList<PublishRule> rules, PortGroupNetworks networks, ILogger logger)
    {
        _networks = networks;
        _logger = logger;
        _bindings = [.. rules.Select(rule => new Binding(rule))];
        foreach (var rule in rules)
        {
            RequireFree(rule.HostPort);
        }
    }

    /// <summary>Takes note of a machine's addresses.</summary>
    public async Task ReportAsync(string machineId, string machineName, GuestIdentity identity, CancellationToken cancellationToken)
    {
        var address = identity.Addresses
            .SelectMany(adapter => adapter.IPAddresses)
            .Select(text => IPAddress.TryParse(text, out var parsed) ? parsed : null)
            .FirstOrDefault(candidate => candidate is not null && RoutedNetwork.IsGuest(candidate));
        if (address is null || _networks.Gateway is not { } gateway)
        {
            return;
        }

        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Claim(machineId, machineName);
            foreach (var binding in _bindings.Where(binding => binding.MachineId == machineId && !address.Equals(binding.Address)))
            {
                await ForwardAsync(gateway, binding, address, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Frees the rules of a machine that is gone.</summary>
    public async Task ReleaseAsync(string machineId)
    {
        await _changing.WaitAsync().ConfigureAwait(false);
        try
        {
            foreach (var binding in _bindings.Where(binding => binding.MachineId == machineId))
            {
                if (binding.Address is not null && _networks.Gateway is { } gateway)
                {
                    await gateway.RemoveForwardAsync(binding.Rule.HostPort, CancellationToken.None).ConfigureAwait(false);
                }

                (binding.MachineId, binding.Address) = (null, null);
            }
        }
        finally
        {
            _changing.Release();
        }
    }

    public void Dispose() => _changing.Dispose();

    private static void RequireFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException exception)
        {
            throw new MachineException($"Port {port} of 127.0.0.1 cannot be published: {exception.Message}.", exception);
        }
    }

    private void Claim(string machineId, string machineName)
    {
        foreach (var binding in _bindings.Where(binding => binding.MachineId is null))
        {
            var wanted = binding.Rule.MachineName is { } name
                ? name == machineName
                : !_bindings.Exists(other => other.MachineId == machineId && other.Rule.GuestPort == binding.Rule.GuestPort);
            if (wanted)
            {
                binding.MachineId = machineId;
            }
        }
    }

    private async Task ForwardAsync(NatGateway gateway, Binding binding, IPAddress address, CancellationToken cancellationToken)
    {
        var hostPort = binding.Rule.HostPort;
        try
        {
            if (binding.Address is not null)
            {
                await gateway.RemoveForwardAsync(hostPort, cancellationToken).ConfigureAwait(false);
                binding.Address = null;
            }

            await gateway.AddForwardAsync(hostPort, new IPEndPoint(address, binding.Rule.GuestPort), cancellationToken).ConfigureAwait(false);
            binding.Address = address;
            LogPublished(hostPort, address, binding.Rule.GuestPort);
        }
        catch (MachineException exception)
        {
            LogNotPublished(hostPort, exception.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "Port {HostPort} of 127.0.0.1 leads to {Address}:{GuestPort}")]
    private partial void LogPublished(int hostPort, IPAddress address, int guestPort);

    [LoggerMessage(LogLevel.Error, "Port {HostPort} of 127.0.0.1 is not published: {Reason}")]
    private partial void LogNotPublished(int hostPort, string reason);

    private sealed class Binding(PublishRule rule)
    {
        public PublishRule Rule { get; } = rule;

        public string? MachineId { get; set; }

        public IPAddress? Address { get; set; }
    }
}
