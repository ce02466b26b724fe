using System.Net.Http.Headers;
using System.Text.Json;

namespace Vic.Oci.Registry;

/// <summary>
/// Answers a registry's challenges: Basic with the user's password, Bearer with a token from the realm that the registry names
/// (distribution, "Token Authentication Specification"). Tokens live as long as the pull that they were fetched for.
/// </summary>
internal sealed class RegistryAuthenticator(RegistryTransport transport, RegistryEndpoint endpoint, string repository, RegistryCredentials? credentials)
{
    private const int MaximumTokenAnswer = 256 << 10;

    private AuthenticationHeaderValue? _header = credentials?.RegistryToken is { Length: > 0 } token ? new("Bearer", token) : null;

    /// <summary>What the next request carries, null before the first challenge.</summary>
    public AuthenticationHeaderValue? Header => Volatile.Read(ref _header);

    /// <summary>Answers a refusal of a request that carried <paramref name="used"/>; false when there is nothing better to offer.</summary>
    public async Task<bool> AnswerAsync(HttpResponseMessage refusal, AuthenticationHeaderValue? used, CancellationToken cancellationToken)
    {
        await transport.Authenticating.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!Equals(used, Header))
            {
                // Another request of the same pull was faster.
                return true;
            }

            var next = await FindAsync(refusal, cancellationToken).ConfigureAwait(false);
            if (next is null || Equals(next, used))
            {
                return false;
            }

            Volatile.Write(ref _header, next);
            return true;
        }
        finally
        {
            transport.Authenticating.Release();
        }
    }

    private async Task<AuthenticationHeaderValue?> FindAsync(HttpResponseMessage refusal, CancellationToken cancellationToken)
    {
        foreach (var header in refusal.Headers.WwwAuthenticate)
        {
            if (BearerChallenge.From(header) is { } challenge)
            {
                return new AuthenticationHeaderValue("Bearer", await FetchTokenAsync(challenge, cancellationToken).ConfigureAwait(false));
            }

            if (string.Equals(header.Scheme, "Basic", StringComparison.OrdinalIgnoreCase))
            {
                return credentials is { HasPassword: true }
                    ? new AuthenticationHeaderValue("Basic", credentials.ToBasic())
                    : throw new RegistryException(
                        RegistryErrorKind.Unauthorized, $"{Verb(refusal)} \"{refusal.RequestMessage!.RequestUri}\": no basic auth credentials");
            }
        }

        return null;
    }

    private async Task<string> FetchTokenAsync(BearerChallenge challenge, CancellationToken cancellationToken)
    {
        if (challenge.Realm.Scheme == Uri.UriSchemeHttp && endpoint.Address.Scheme == Uri.UriSchemeHttps && !endpoint.TrustsAnyCertificate)
        {
            throw new RegistryException(RegistryErrorKind.InvalidContent, $"{endpoint.Address.Host} sends its clients to a token server without TLS");
        }

        using var response = await transport.SendAsync(() => CreateTokenRequest(challenge), endpoint, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw await RegistryAnswers.ToExceptionAsync(response, cancellationToken).ConfigureAwait(false);
        }

        var body = await BoundedContent.ReadAsync(response.Content, MaximumTokenAnswer, "token", cancellationToken).ConfigureAwait(false);
        try
        {
            var answer = JsonSerializer.Deserialize(body, RegistryJson.Default.TokenAnswer);
            var token = string.IsNullOrEmpty(answer?.Token) ? answer?.AccessToken : answer.Token;
            if (!string.IsNullOrEmpty(token) && token.All(c => c is > ' ' and < '\x7f'))
            {
                return token;
            }
        }
        catch (JsonException)
        {
            // Falls through to the one message: the body may hold a token and is not shown.
        }

        throw new RegistryException(RegistryErrorKind.InvalidContent, $"the token server {challenge.Realm.Host} gave no token");
    }

    private HttpRequestMessage CreateTokenRequest(BearerChallenge challenge)
    {
        var scope = challenge.Scope ?? $"repository:{repository}:pull";
        if (credentials?.IdentityToken is { Length: > 0 } refreshToken)
        {
            return new HttpRequestMessage(HttpMethod.Post, challenge.Realm)
            {
                Content = new FormUrlEncodedContent([
                    new("grant_type", "refresh_token"),
                    new("refresh_token", refreshToken),
                    new("client_id", "vic-powershell"),
                    new("service", challenge.Service ?? ""),
                    new("scope", scope),
                ]),
            };
        }

        var query = $"scope={Uri.EscapeDataString(scope)}";
        if (challenge.Service is not null)
        {
            query += $"&service={Uri.EscapeDataString(challenge.Service)}";
        }

        if (credentials is { HasPassword: true })
        {
            query += $"&account={Uri.EscapeDataString(credentials.UserName!)}";
        }

        var existing = challenge.Realm.Query.TrimStart('?');
        var address = new UriBuilder(challenge.Realm) { Query = existing.Length > 0 ? $"{existing}&{query}" : query }.Uri;
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (credentials is { HasPassword: true })
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credentials.ToBasic());
        }

        return request;
    }

    private static string Verb(HttpResponseMessage response) =>
        response.RequestMessage!.Method == HttpMethod.Head ? "Head" : "Get";
}
