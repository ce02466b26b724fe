using System.Collections.Concurrent;
using Vic.Endpoint.Machines;
using Vic.Guest.Sessions;
using Vic.Guest.Sessions.Cryptography;

namespace Vic.Endpoint.Sessions;

/// <summary>The sessions of the containers whose VMs run; each run has one of its own.</summary>
/// <param name="masterKey">The key from which the containers' keys are derived.</param>
internal sealed class GuestSessions(byte[] masterKey) : IGuestSessions, ISessionDirectory
{
    private readonly ConcurrentDictionary<string, GuestSession> _sessions = new(StringComparer.Ordinal);

    /// <summary>The session key of a container.</summary>
    public byte[] KeyOf(string containerId) => SessionKeys.Derive(masterKey, containerId);

    /// <summary>Makes ready for a run: called before the VM is powered on, or when it is found running.</summary>
    /// <returns>The session, which the guest has yet to begin.</returns>
    public ContainerSession Open(string containerId, bool terminal)
    {
        Close(containerId);
        var session = new ContainerSession(containerId);
        _sessions[containerId] = new GuestSession(session, terminal);
        return session;
    }

    /// <summary>The run is over: what still waits for the guest fails.</summary>
    public void Close(string containerId)
    {
        if (_sessions.TryRemove(containerId, out var ended))
        {
            ended.Session.Close();
        }
    }

    /// <inheritdoc/>
    public async Task<IGuestSession> ConnectAsync(string containerId, CancellationToken cancellationToken)
    {
        if (!_sessions.TryGetValue(containerId, out var session))
        {
            throw new MachineStoppedException("the VM is off");
        }

        try
        {
            await session.Session.Connected.WaitAsync(cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch (SessionLostException lost)
        {
            throw new MachineStoppedException("the VM went off", lost);
        }
    }

    byte[]? ISessionDirectory.FindKey(string containerId) => _sessions.ContainsKey(containerId) ? KeyOf(containerId) : null;

    ContainerSession? ISessionDirectory.FindSession(string containerId) => _sessions.GetValueOrDefault(containerId)?.Session;
}
