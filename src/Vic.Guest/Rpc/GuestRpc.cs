using System.Text;

namespace Vic.Guest.Rpc;

/// <summary>The requests of a guest, in VMware's text protocol: <c>info-get</c>, <c>info-set</c>, <c>log</c>, <c>SetGuestInfo</c>.</summary>
public sealed class GuestRpc(IGuestRpcTransport transport)
{
    // GuestInfoType in open-vm-tools' guestInfo.h.
    private const int HostNameType = 1;
    private const int AdaptersType = 10;

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

    /// <summary>Reports the host name that vSphere shows as the guest's.</summary>
    public Task<bool> ReportHostNameAsync(string name, CancellationToken cancellationToken) =>
        SendAsync($"SetGuestInfo  {HostNameType} {name}", cancellationToken);

    /// <summary>Reports the addresses that vSphere shows as the guest's; the first one is its primary address.</summary>
    public Task<bool> ReportAdaptersAsync(IReadOnlyList<GuestAdapter> adapters, CancellationToken cancellationToken) =>
        SendAsync([.. Encoding.ASCII.GetBytes($"SetGuestInfo  {AdaptersType} "), .. GuestNicReport.Encode(adapters)], cancellationToken);

    /// <summary>Sends any request; true when the host accepted it.</summary>
    public Task<bool> SendAsync(string request, CancellationToken cancellationToken) => SendAsync(Encoding.UTF8.GetBytes(request), cancellationToken);

    private async Task<bool> SendAsync(byte[] request, CancellationToken cancellationToken)
    {
        var reply = await transport.CallAsync(request, cancellationToken).ConfigureAwait(false);
        return reply.AsSpan().StartsWith("1"u8);
    }
}
