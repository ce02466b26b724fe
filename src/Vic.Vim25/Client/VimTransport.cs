using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
#if NET
using System.Security.Cryptography.X509Certificates;
#endif

namespace Vic.Vim25;

/// <summary>One pool of HTTPS connections to one server, shared by all clones of a session.</summary>
internal sealed class VimTransport : IDisposable
{
    private readonly VimClientOptions _options;
    private readonly CertificateTrust _trust;
    private readonly HttpClient _http;

    public VimTransport(VimClientOptions options)
    {
        _options = options;
        _trust = new CertificateTrust(options);
        _http = new HttpClient(CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue(options.UserAgent, null));
    }

    public Uri Server => _options.Server;

    public string? ServerThumbprint => _trust.Accepted;

    public IReadOnlyList<byte[]> ServerAuthorities => _trust.Authorities;

    public VimXmlLimits ResponseLimits => _options.ResponseLimits;

    public TimeSpan CallTimeout => _options.CallTimeout;

    /// <summary>Sends a request and returns when the response's head has come.</summary>
    /// <param name="request">The request.</param>
    /// <param name="what">What to call it in an error; empty for the connection itself.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string what, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (e.GetBaseException() is AuthenticationException or WebException || e.InnerException is AuthenticationException)
        {
            throw _trust.Refusal ?? (Exception)Unreachable(what, e);
        }
        catch (HttpRequestException e)
        {
            throw Unreachable(what, e);
        }
    }

    public void Dispose() => _http.Dispose();

    private VimConnectionException Unreachable(string what, HttpRequestException e) =>
        new(Server, $"{Server.Host}:{Server.Port} cannot be reached{(what.Length == 0 ? "" : $" for {what}")}: {e.GetBaseException().Message}", e)
        {
            MethodName = what.Length == 0 ? null : what,
        };

#if NET
    private SocketsHttpHandler CreateHandler() => new()
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = Compression,
        MaxConnectionsPerServer = _options.MaxConnections,
        ActivityHeadersPropagator = null,
        SslOptions =
        {
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) => _trust.Accept(certificate as X509Certificate2, chain, errors),
        },
    };
#else
    private HttpClientHandler CreateHandler()
    {
        // The older framework keeps these per server, and waits before each request's body for a word that vSphere never sends.
        ServicePoint point = ServicePointManager.FindServicePoint(_options.Server);
        point.Expect100Continue = false;
        point.UseNagleAlgorithm = false;
        return new HttpClientHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = Compression,
            MaxConnectionsPerServer = _options.MaxConnections,
            SslProtocols = SslProtocols.Tls12,
            ServerCertificateCustomValidationCallback = (_, certificate, chain, errors) => _trust.Accept(certificate, chain, errors),
        };
    }
#endif

    private DecompressionMethods Compression => _options.AcceptCompression ? DecompressionMethods.GZip : DecompressionMethods.None;
}
