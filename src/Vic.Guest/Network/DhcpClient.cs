using Vic.Guest.Linux;

namespace Vic.Guest.Network;

/// <summary>Gets an address for a link and keeps it (RFC 2131).</summary>
public sealed class DhcpClient(NetworkLink link, string hostName)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(16);
    private static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(30);

    /// <summary>Asks until a server grants an address.</summary>
    /// <exception cref="TimeoutException">No server answered within the limit.</exception>
    public Task<DhcpLease> AcquireAsync(TimeSpan limit, CancellationToken cancellationToken) =>
        Task.Run(() => Acquire(limit, cancellationToken), cancellationToken);

    /// <summary>Renews a lease at half of its time, for ever; reports each lease that differs from the one before.</summary>
    public async Task KeepAsync(DhcpLease lease, Func<DhcpLease, Task> changed, CancellationToken cancellationToken)
    {
        while (true)
        {
            var duration = lease.Duration < ShortestLease ? ShortestLease : lease.Duration;
            await Task.Delay(TimeSpan.FromSeconds(Math.Min(duration.TotalSeconds / 2, int.MaxValue / 2000.0)), cancellationToken).ConfigureAwait(false);
            var current = lease;
            var renewed = await Task.Run(() => Renew(current, cancellationToken), cancellationToken).ConfigureAwait(false);
            if (renewed is null)
                continue;
            if (!renewed.Address.Equals(lease.Address) || !Equals(renewed.Gateway, lease.Gateway))
                await changed(renewed).ConfigureAwait(false);
            lease = renewed;
        }
    }

    private DhcpLease Acquire(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var socket = new DhcpSocket(link.Index);
        var deadline = DateTime.UtcNow + limit;
        for (var wait = FirstWait; DateTime.UtcNow < deadline; wait = wait * 2 > LongestWait ? LongestWait : wait * 2)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var transaction = NewTransaction();
            if (Exchange(socket, DhcpMessageType.Discover, transaction, null, wait) is not (DhcpMessageType.Offer, var offer))
                continue;
            if (Exchange(socket, DhcpMessageType.Request, transaction, offer, wait) is (DhcpMessageType.Acknowledge, var lease))
                return lease;
        }
        throw new TimeoutException($"No DHCP server answered on {link.Name} within {limit.TotalSeconds:F0} seconds.");
    }

    /// <summary>Asks for the same address again, then for any.</summary>
    private DhcpLease? Renew(DhcpLease lease, CancellationToken cancellationToken)
    {
        using (var socket = new DhcpSocket(link.Index))
        {
            if (Exchange(socket, DhcpMessageType.Request, NewTransaction(), lease, LongestWait) is (DhcpMessageType.Acknowledge, var renewed))
                return renewed;
        }
        try
        {
            return Acquire(LongestWait, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private (DhcpMessageType Type, DhcpLease Lease)? Exchange(
        DhcpSocket socket,
        DhcpMessageType type,
        uint transaction,
        DhcpLease? offer,
        TimeSpan limit)
    {
        socket.Send(DhcpMessage.Encode(type, transaction, link.HardwareAddress, hostName, offer));
        while (socket.Receive(limit) is { } bytes)
        {
            if (DhcpMessage.Decode(bytes, transaction, link.HardwareAddress) is { } answer)
                return answer;
        }
        return null;
    }

    private static uint NewTransaction()
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        KernelRandom.Fill(bytes);
        return BitConverter.ToUInt32(bytes);
    }
}
