namespace Vic.Vim25;

/// <summary>A session on a vCenter or ESXi server. Calls may be made from many threads at once.</summary>
public sealed class VimClient : IDisposable
{
    /// <summary>The root of everything; its reference is the same on every server.</summary>
    internal static readonly ManagedObjectReference ServiceInstance = new("ServiceInstance", "ServiceInstance");

    private readonly SoapChannel _channel;
    private readonly VimClientOptions _options;
    private readonly OwnedSession _session;

    private VimClient(VimClientOptions options)
    {
        _options = options;
        _channel = new SoapChannel(new VimTransport(options));
        _session = new OwnedSession(this, options);
        Tasks = new TaskMonitor(this);
    }

    /// <summary>The server's SDK address.</summary>
    public Uri Server => _options.Server;

    /// <summary>The API version that client and server agreed on, for example <c>6.7</c>.</summary>
    public string ApiVersion => _channel.ApiVersion;

    /// <summary>The server's managers and root folder, as read when the connection was made.</summary>
    public ServiceContent Content { get; private set; } = new();

    /// <summary>Is the server a vCenter, rather than a single ESXi host?</summary>
    public bool IsVirtualCenter => Content.About.ApiType == "VirtualCenter";

    /// <summary>The SHA-256 fingerprint of the certificate that the server has shown, with colons; null when it was asked without TLS.</summary>
    public string? ServerThumbprint => _channel.Transport.ServerThumbprint;

    /// <summary>
    /// The authorities that vouched for that certificate, each in DER, the nearest first and the root last; the certificate itself when it is its own authority.
    /// Empty when a thumbprint was enough, or without TLS.
    /// </summary>
    public IReadOnlyList<byte[]> ServerAuthorities => _channel.Transport.ServerAuthorities;

    /// <summary>
    /// The value of the session's cookie, or null. Another process joins the session by it; it is a secret.
    /// </summary>
    public string? SessionCookie => _channel.SessionCookie;

    internal SoapChannel Channel => _channel;

    internal TaskMonitor Tasks { get; }

    /// <summary>Grows when a session is opened in place of one that has ended: views, collectors and filters of the earlier one are gone.</summary>
    internal int SessionNumber => _session.Number;

    /// <summary>Connects without logging in: checks the certificate, agrees on a version, reads <see cref="Content"/>.</summary>
    /// <exception cref="UntrustedCertificateException">The certificate is not trusted; the error carries its thumbprint.</exception>
    /// <exception cref="VimConnectionException">The server cannot be reached.</exception>
    public static Task<VimClient> ConnectAsync(VimClientOptions options, CancellationToken cancellationToken = default) =>
        ConnectAsync(options, sessionCookie: null, cancellationToken);

    /// <summary>Connects and joins a session that exists, by its cookie.</summary>
    public static async Task<VimClient> ConnectAsync(VimClientOptions options, string? sessionCookie, CancellationToken cancellationToken = default)
    {
        var client = new VimClient(options);
        try
        {
            client._channel.ApiVersion = await ServiceVersions.NegotiateAsync(client._channel.Transport, cancellationToken).ConfigureAwait(false);
            client._channel.SessionCookie = sessionCookie;
            client.Content = await client.InvokeAsync(new RetrieveServiceContentRequest { This = ServiceInstance }, cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Opens a session.</summary>
    /// <exception cref="VimFaultException">Its <see cref="VimFaultException.Fault"/> is an <see cref="InvalidLogin"/> when name or password are wrong.</exception>
    public async Task<UserSession> LoginAsync(string userName, string password, CancellationToken cancellationToken = default)
    {
        var login = new LoginRequest { This = RequireSessionManager(), UserName = userName, Password = password };
        UserSession session = await _channel.InvokeAsync(login, cancellationToken).ConfigureAwait(false);
        _session.Opened(login);
        return session;
    }

    /// <summary>Opens a session with a ticket from another one's <see cref="AcquireCloneTicketAsync"/>, in place of a password.</summary>
    public async Task<UserSession> LoginByCloneTicketAsync(string ticket, CancellationToken cancellationToken = default)
    {
        UserSession session = await _channel.InvokeAsync(
            new CloneSessionRequest { This = RequireSessionManager(), CloneTicket = ticket }, cancellationToken).ConfigureAwait(false);
        _session.Opened(login: null);
        return session;
    }

    /// <summary>A ticket that opens one more session of this session's user, once and soon; it is a secret.</summary>
    public Task<string> AcquireCloneTicketAsync(CancellationToken cancellationToken = default) =>
        InvokeAsync(new AcquireCloneTicketRequest { This = RequireSessionManager() }, cancellationToken);

    /// <summary>Ends the session for everyone who shares it.</summary>
    public async Task LogoutAsync(CancellationToken cancellationToken = default)
    {
        _session.Closed();
        await _channel.InvokeAsync(new LogoutRequest { This = RequireSessionManager() }, cancellationToken).ConfigureAwait(false);
        _channel.SessionCookie = null;
    }

    /// <summary>Opens a second session of the same user with a connection pool of its own, without the password.</summary>
    public async Task<VimClient> CloneSessionAsync(CancellationToken cancellationToken = default)
    {
        string ticket = await AcquireCloneTicketAsync(cancellationToken).ConfigureAwait(false);
        VimClient clone = await ConnectAsync(_options, cancellationToken).ConfigureAwait(false);
        try
        {
            await clone.LoginByCloneTicketAsync(ticket, cancellationToken).ConfigureAwait(false);
            return clone;
        }
        catch
        {
            clone.Dispose();
            throw;
        }
    }

    /// <summary>Calls a method.</summary>
    /// <exception cref="VimFaultException">The server answered with a fault.</exception>
    /// <exception cref="VimConnectionException">The server did not answer; it is not known whether it did what was asked.</exception>
    /// <exception cref="VimProtocolException">The answer is not vim25, or exceeds the limits.</exception>
    public async Task<TResult> InvokeAsync<TResult>(VimRequest<TResult> request, CancellationToken cancellationToken = default)
    {
        _session.NoteCall();
        int session = _session.Number;
        try
        {
            return await _channel.InvokeAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException e) when (e.Fault is NotAuthenticated && _session.IsRenewable)
        {
            // The fault proves that nothing was done, so any call may be made again.
            if (!await _session.RenewAsync(session, cancellationToken).ConfigureAwait(false))
            {
                throw;
            }
        }

        return await _channel.InvokeAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the connections. The session stays on the server until <see cref="LogoutAsync"/> or its time-out.</summary>
    public void Dispose()
    {
        _session.Dispose();
        _channel.Transport.Dispose();
    }

    private ManagedObjectReference RequireSessionManager() =>
        Content.SessionManager ?? throw new VimConnectionException(Server, $"{Server.Host} offers no sessions.");
}
