using System.Net.Sockets;
using Vic.Configuration;
using Vic.Guest.Rpc;

namespace Vic.Endpoint.Configuration;

/// <summary>Reads the VCH's configuration: in the appliance from the hypervisor, on a developer's machine from a file.</summary>
internal static class ConfigurationSource
{
    /// <summary>Reads the configuration.</summary>
    /// <exception cref="GuestConfigurationException">A value is not what its key promises, or there is no configuration.</exception>
    /// <exception cref="IOException">The file or guest RPC cannot be read.</exception>
    /// <exception cref="SocketException">Nothing answers guest RPC: this is no appliance.</exception>
    public static async Task<VirtualContainerHostConfiguration> ReadAsync(EndpointOptions options, CancellationToken cancellationToken)
    {
        if (options.ConfigurationFile is { } file)
        {
            var values = await ReadFileAsync(file, cancellationToken).ConfigureAwait(false);
            return Read(values.GetValueOrDefault);
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(GuestRpcRelay.SocketPath), cancellationToken).ConfigureAwait(false);
        await using var transport = new StreamGuestRpcTransport(new NetworkStream(socket));
        transport.Start();
        var rpc = new GuestRpc(transport);

        // The reader asks for one key at a time and nothing else happens before the configuration is there.
        return await Task.Run(() => Read(key => rpc.GetAsync(key, cancellationToken).GetAwaiter().GetResult()), cancellationToken).ConfigureAwait(false);
    }

    private static VirtualContainerHostConfiguration Read(Func<string, string?> source) =>
        VirtualContainerHostConfiguration.IsPresentIn(source)
            ? VirtualContainerHostConfiguration.Read(GuestInfoReader.ForGuest(source))
            : throw new GuestConfigurationException(GuestInfoNames.HostTarget, "is absent: this is no virtual container host");

    private static async Task<Dictionary<string, string?>> ReadFileAsync(string file, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        await foreach (var line in File.ReadLinesAsync(file, cancellationToken).ConfigureAwait(false))
        {
            if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var end)
            {
                values[line[..end].Trim()] = line[(end + 1)..].Trim();
            }
        }

        return values;
    }
}
