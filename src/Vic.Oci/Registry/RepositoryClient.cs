using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Vic.Oci.Manifests;
using Vic.Oci.References;

namespace Vic.Oci.Registry;

/// <summary>Reads one repository at one address (OCI distribution specification, "Pull").</summary>
internal sealed class RepositoryClient(RegistryTransport transport, RegistryEndpoint endpoint, string repository, RegistryCredentials? credentials)
{
    // A token can run out once in the middle of a pull; a second refusal in a row is final.
    private const int MaximumChallenges = 2;

    private const int MaximumTagList = 4 << 20;

    private readonly RegistryAuthenticator _authenticator =
        new(transport, endpoint, repository, endpoint.IsMirror ? null : credentials);

    /// <summary>Whether a registry answers at this address at all.</summary>
    public async Task PingAsync(CancellationToken cancellationToken)
    {
        using var response = await transport.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, endpoint.Ping), endpoint, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Unauthorized or HttpStatusCode.NotFound))
        {
            throw await RegistryAnswers.ToExceptionAsync(response, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads a manifest or index by tag or digest.</summary>
    public async Task<(byte[] Content, string? ContentType, Digest Digest)> GetManifestAsync(string target, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(CreateRequest, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw await RegistryAnswers.ToExceptionAsync(response, cancellationToken).ConfigureAwait(false);
        }

        var content = await BoundedContent.ReadAsync(response.Content, ManifestReader.MaximumManifestSize, "manifest", cancellationToken).ConfigureAwait(false);
        return (content, response.Content.Headers.ContentType?.MediaType, Verify(content, target, response));

        HttpRequestMessage CreateRequest()
        {
            var request = new HttpRequestMessage(HttpMethod.Get, endpoint.Manifest(repository, target));
            foreach (var mediaType in MediaTypes.Manifests)
            {
                request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(mediaType));
            }

            return request;
        }
    }

    /// <summary>Reads the names of all tags.</summary>
    public async Task<IReadOnlyList<string>> ListTagsAsync(CancellationToken cancellationToken)
    {
        using var response = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, endpoint.Tags(repository)), cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw await RegistryAnswers.ToExceptionAsync(response, cancellationToken).ConfigureAwait(false);
        }

        var content = await BoundedContent.ReadAsync(response.Content, MaximumTagList, "list of tags", cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize(content, RegistryJson.Default.TagList)?.Tags ?? [];
        }
        catch (JsonException e)
        {
            throw new RegistryException(RegistryErrorKind.InvalidContent, "the registry's list of tags is not valid JSON", e);
        }
    }

    /// <summary>Reads a small blob whole and verifies it.</summary>
    public async Task<byte[]> GetBlobAsync(Descriptor descriptor, int maximum, CancellationToken cancellationToken)
    {
        using var response = await OpenBlobAsync(descriptor.Digest, 0, cancellationToken).ConfigureAwait(false);
        var content = await BoundedContent.ReadAsync(response.Content, maximum, "image configuration", cancellationToken).ConfigureAwait(false);
        return Digest.Parse(descriptor.Digest).Matches(content)
            ? content
            : throw new RegistryException(RegistryErrorKind.InvalidContent, $"image config verification failed for digest {descriptor.Digest}");
    }

    /// <summary>Opens a blob at an offset; the status tells whether the registry honoured it.</summary>
    public async Task<HttpResponseMessage> OpenBlobAsync(string digest, long offset, CancellationToken cancellationToken)
    {
        var response = await SendAsync(CreateRequest, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent)
        {
            return response;
        }

        using (response)
        {
            throw await RegistryAnswers.ToExceptionAsync(response, cancellationToken).ConfigureAwait(false);
        }

        HttpRequestMessage CreateRequest()
        {
            var request = new HttpRequestMessage(HttpMethod.Get, endpoint.Blob(repository, digest));
            request.Headers.Range = offset > 0 ? new RangeHeaderValue(offset, null) : null;
            return request;
        }
    }

    private static Digest Verify(byte[] content, string target, HttpResponseMessage response)
    {
        var wanted = Digest.TryParse(target, out var asked) ? asked
            : response.Headers.TryGetValues("Docker-Content-Digest", out var values) && Digest.TryParse(values.FirstOrDefault(), out var said) ? said
            : Digest.Of(content);
        return wanted.Matches(content)
            ? wanted
            : throw new RegistryException(RegistryErrorKind.InvalidContent, $"manifest verification failed for digest {wanted}");
    }

    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> createRequest, CancellationToken cancellationToken)
    {
        for (var challenges = 0; ; challenges++)
        {
            var header = _authenticator.Header;
            var response = await transport.SendAsync(Create, endpoint, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.Unauthorized || challenges == MaximumChallenges)
            {
                return response;
            }

            var answered = false;
            try
            {
                answered = await _authenticator.AnswerAsync(response, header, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                if (answered)
                {
                    response.Dispose();
                }
            }

            if (!answered)
            {
                return response;
            }

            HttpRequestMessage Create()
            {
                var request = createRequest();
                request.Headers.Authorization = header;
                return request;
            }
        }
    }
}
