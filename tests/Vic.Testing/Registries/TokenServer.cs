using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Vic.Testing.Networking;

namespace Vic.Testing.Registries;

/// <summary>Hands out tokens as a registry's token server does: one user may do everything, everybody else nothing.</summary>
public sealed class TokenServer : IAsyncDisposable
{
    public const string Service = "test-registry";
    public const string Issuer = "test-issuer";

    private readonly HttpListener _listener = new();
    private readonly TestCertificates _certificates;
    private readonly Task _serving;

    public TokenServer(TestCertificates certificates)
    {
        _certificates = certificates;
        Address = $"http://127.0.0.1:{FreePort.Next()}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                Answer(await _listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{RegistryServer.User}:{RegistryServer.Password}"));
        var header = context.Request.Headers["Authorization"];
        using var response = context.Response;
        if (header is not null && header != expected)
        {
            response.StatusCode = 401;
            return;
        }

        var scope = header is null ? "" : context.Request.QueryString["scope"] ?? "";
        response.ContentType = "application/json";
        response.OutputStream.Write(Encoding.UTF8.GetBytes(new JsonObject { ["token"] = CreateToken(scope), ["expires_in"] = 300 }.ToJsonString()));
    }

    private string CreateToken(string scope)
    {
        var access = new JsonArray();
        if (scope.Split(':') is [var type, var name, var actions])
        {
            access.Add(new JsonObject { ["type"] = type, ["name"] = name, ["actions"] = new JsonArray([.. actions.Split(',').Select(action => (JsonNode)action)]) });
        }

        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var head = new JsonObject { ["typ"] = "JWT", ["alg"] = "ES256", ["x5c"] = new JsonArray(Convert.ToBase64String(_certificates.CertificateDer)) };
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["sub"] = "tests",
            ["aud"] = Service,
            ["exp"] = now + 300,
            ["nbf"] = now - 10,
            ["iat"] = now,
            ["jti"] = Guid.NewGuid().ToString("N"),
            ["access"] = access,
        };
        var signed = $"{Encode(head)}.{Encode(claims)}";
        using var key = ECDsa.Create();
        key.ImportFromPem(_certificates.KeyPem);
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
