using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Vic.Engine.Certificates;

namespace Vic.Engine.Deployment;

/// <summary>Asks the Docker API of an endpoint whether it serves, as a Docker client would: same address, same certificates.</summary>
internal sealed class DockerProbe : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient _http;
    private readonly X509Certificate2? _clientCertificate;
    private readonly byte[]? _serverCertificate;
    private readonly TlsMode _mode;
    private string? _refusal;
    private bool _isRecognized;

    public DockerProbe(string host, EndpointTls tls)
    {
        _mode = tls.Mode;
        _serverCertificate = tls.ServerCertificate is null ? null : CertificatePemReader.ReadCertificate(tls.ServerCertificate).GetEncoded();
        var handler = new HttpClientHandler { UseProxy = false, ServerCertificateCustomValidationCallback = Accept };
        if (tls.ClientPfx is { } pfx)
        {
            _clientCertificate = new X509Certificate2(pfx, "");
            handler.ClientCertificates.Add(_clientCertificate);
        }

        _http = new HttpClient(handler)
        {
            BaseAddress = new Uri($"{(tls.Mode == TlsMode.None ? "http" : "https")}://{host}"),
            Timeout = Patience,
        };
    }

    /// <returns>Null when the API serves; otherwise what stands in the way, for a message.</returns>
    public async Task<string?> TryAsync(CancellationToken cancellationToken)
    {
        _refusal = null;
        _isRecognized = false;
        try
        {
            using var response = await _http.GetAsync(new Uri("/info", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .ConfigureAwait(false);
            return response.IsSuccessStatusCode ? null : $"{_http.BaseAddress} answers with status {(int)response.StatusCode}";
        }
        catch (HttpRequestException) when (_isRecognized && _mode == TlsMode.Mutual && _clientCertificate is null)
        {
            // The API is served, and turns us away as anybody without a certificate.
            return null;
        }
        catch (HttpRequestException exception)
        {
            return $"{_http.BaseAddress} {_refusal ?? $"does not answer ({(exception.InnerException ?? exception).Message})"}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{_http.BaseAddress} takes the connection but does not answer";
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _clientCertificate?.Dispose();
    }

    // We know which certificate the endpoint was given; any other one means that something else answers there.
    private bool Accept(HttpRequestMessage request, X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || _serverCertificate is null || !certificate.RawData.SequenceEqual(_serverCertificate))
        {
            _refusal = "shows a certificate that is not this VCH's: something else answers there";
            return false;
        }

        if (_mode == TlsMode.Mutual && (errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0)
        {
            _refusal = "is not among the names of the server certificate, so Docker clients will refuse it";
            return false;
        }

        _isRecognized = true;
        return true;
    }
}
