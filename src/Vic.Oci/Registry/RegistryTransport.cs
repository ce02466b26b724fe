using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Vic.Oci.Registry;

/// <summary>Sends single requests: connections, certificates, time limits and redirects. It knows nothing of registries' tokens.</summary>
internal sealed class RegistryTransport : IDisposable
{
    private const int MaximumRedirects = 5;

    private readonly RegistryOptions _options;
    private readonly HttpClient _verified;
    private readonly HttpClient _unverified;

    public RegistryTransport(RegistryOptions options)
    {
        _options = options;
        _verified = CreateClient(trustAny: false);
        _unverified = CreateClient(trustAny: true);
    }

    /// <summary>Held while one request answers a challenge for all that wait for the same answer.</summary>
    public SemaphoreSlim Authenticating { get; } = new(1, 1);

    /// <summary>Sends a request and follows redirects; the answer's body is not read yet.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage> createRequest, RegistryEndpoint endpoint, CancellationToken cancellationToken)
    {
        Uri? location = null;
        for (var hop = 0; ; hop++)
        {
            using var request = createRequest();
            var original = request.RequestUri!;
            if (location is not null)
            {
                request.RequestUri = location;
                if (!IsSameServer(location, original))
                {
                    // Storage behind a registry has signed addresses and must not see the registry's credentials.
                    request.Headers.Authorization = null;
                }
            }

            var current = request.RequestUri!;
            var response = await SendOnceAsync(request, endpoint, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
            {
                return response;
            }

            using (response)
            {
                location = response.Headers.Location is { } target ? new Uri(current, target) : null;
            }

            RequireRedirect(location, current, endpoint, hop);
        }
    }

    public void Dispose()
    {
        _verified.Dispose();
        _unverified.Dispose();
        Authenticating.Dispose();
    }

    private static bool IsSameServer(Uri left, Uri right) => left.Scheme == right.Scheme && left.Authority == right.Authority;

    private static void RequireRedirect(Uri? location, Uri current, RegistryEndpoint endpoint, int hop)
    {
        var allowed = location is not null
            && hop < MaximumRedirects
            && (location.Scheme == Uri.UriSchemeHttps || (location.Scheme == Uri.UriSchemeHttp && (endpoint.TrustsAnyCertificate || current.Scheme == Uri.UriSchemeHttp)));
        if (!allowed)
        {
            throw new RegistryException(RegistryErrorKind.InvalidContent, $"{current.Host} redirects to nowhere, too often, or from HTTPS to plain HTTP");
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, RegistryEndpoint endpoint, CancellationToken cancellationToken)
    {
        var client = endpoint.TrustsAnyCertificate ? _unverified : _verified;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.ConnectTimeout + _options.ReadTimeout);
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failure(request, RegistryErrorKind.Unreachable, "request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)", null);
        }
        catch (HttpRequestException e)
        {
            throw Describe(request, e);
        }
    }

    // The words are those that docker users search for.
    private static RegistryException Describe(HttpRequestMessage request, HttpRequestException e)
    {
        for (Exception? cause = e; cause is not null; cause = cause.InnerException)
        {
            if (cause is RefusedCertificateException refused)
            {
                return Failure(request, RegistryErrorKind.UntrustedCertificate, $"tls: failed to verify certificate: x509: {refused.Message}", e);
            }
        }

        if (e.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            return Failure(request, RegistryErrorKind.PlainHttp, "http: server gave HTTP response to HTTPS client", e);
        }

        var host = request.RequestUri!.Authority;
        var reason = e switch
        {
            { HttpRequestError: HttpRequestError.NameResolutionError } => $"dial tcp: lookup {request.RequestUri.Host}: no such host",
            { InnerException: System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.ConnectionRefused } } =>
                $"dial tcp {host}: connect: connection refused",
            { HttpRequestError: HttpRequestError.ConnectionError } => $"dial tcp {host}: {e.InnerException?.Message ?? e.Message}",
            _ => e.InnerException?.Message ?? e.Message,
        };
        return Failure(request, RegistryErrorKind.Unreachable, reason, e);
    }

    private static RegistryException Failure(HttpRequestMessage request, RegistryErrorKind kind, string reason, Exception? inner)
    {
        var method = request.Method.Method;
        var verb = method[..1] + method[1..].ToLowerInvariant();
        var address = request.RequestUri!.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        return new RegistryException(kind, $"{verb} \"{address}\": {reason}", inner) { IsTransient = kind == RegistryErrorKind.Unreachable };
    }

    private HttpClient CreateClient(bool trustAny)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = _options.ConnectTimeout,
            MaxConnectionsPerServer = 16,
            MaxResponseHeadersLength = 64,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            Proxy = _options.Proxy,
            UseCookies = false,
            UseProxy = _options.Proxy is not null,
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                RemoteCertificateValidationCallback = (_, certificate, chain, errors) => trustAny || RequireTrust(certificate, chain, errors),
            },
        };
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd(_options.UserAgent);
        return client;
    }

    private bool RequireTrust(X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        // A wrong name, or no certificate, is never made good by another authority.
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            throw new RefusedCertificateException("certificate is valid for other names");
        }

        return errors == SslPolicyErrors.None
            || (errors == SslPolicyErrors.RemoteCertificateChainErrors && certificate is X509Certificate2 leaf && IsIssuedByOwnAuthority(leaf, presented))
            ? true
            : throw new RefusedCertificateException("certificate signed by unknown authority");
    }

    private bool IsIssuedByOwnAuthority(X509Certificate2 leaf, X509Chain? presented)
    {
        if (_options.CertificateAuthorities.Count == 0)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_options.CertificateAuthorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in presented?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(leaf);
    }
}
