using System.Text;

namespace Vic.Guest.Rpc;

/// <summary>The requests of a guest, in VMware's text protocol: <c>info-get</c>, <c>info-set</c>, <c>log</c>, <c>SetGuestInfo</c>.</summary>
public sealed class GuestRpc(IGuestRpcTransport transport)
{
    // GuestInfoType in open-vm-tools' guestInfo.h.
    private const int AddressType = 1;

    /// <summary>Reads a value of the virtual machine's configuration; null when it has none.</summary>
    public async Task<string?> GetAsync(string key, CancellationToken cancellationToken)
    {
        var reply = await transport.CallAsync(Encoding.UTF8.GetBytes($"info-get {key}"), cancellationToken).ConfigureAwait(false);
        return reply.AsSpan().StartsWith("1 "u8) ? Encoding.UTF8.GetString(reply.AsSpan(2)) : null;
    }

    /// <summary>Writes a value that the host can read.</summary>
    /// <exception cref="IOException">The host refused or is gone.</exception>
    public async Task SetAsync(string key, string value, CancellationToken cancellationToken)
    {
        if (!await SendAsync($"info-set {key} {value}", cancellationToken).ConfigureAwait(false))
            throw new IOException($"The host refused info-set of {key}.");
    }

    /// <summary>Writes a line to the virtual machine's log on the host.</summary>
    public Task<bool> LogAsync(string text, CancellationToken cancellationToken) => SendAsync($"log {text}", cancellationToken);

    /// <summary>Reports the address that vSphere shows as the guest's.</summary>
    public Task<bool> ReportAddressAsync(string address, CancellationToken cancellationToken) =>
        SendAsync($"SetGuestInfo  {AddressType} {address}", cancellationToken);

    /// <summary>Sends any request; true when the host accepted it.</summary>
    public async Task<bool> SendAsync(string request, CancellationToken cancellationToken)
    {
        var reply = await transport.CallAsync(Encoding.UTF8.GetBytes(request), cancellationToken).ConfigureAwait(false);
        return reply.AsSpan().StartsWith("1"u8);
    }
}
