using System.Text.Json;
using System.Text.Json.Nodes;
using Vic.Lab.Inventory.Tags;
using Vic.Vim25;

namespace Vic.Lab.Api.Rest;

/// <summary>
/// A request to the automation API: the same resources are below <c>/rest/com/vmware/cis</c>, where answers are wrapped and ids come as
/// <c>id:...</c>, and below <c>/api/cis</c>, where they are not.
/// </summary>
internal sealed class RestRequest
{
    private const int BodyLimit = 1 << 20;

    private RestRequest(string method, bool isWrapped, string resource, string? id, string? action, JsonObject body)
    {
        Method = method;
        IsWrapped = isWrapped;
        Resource = resource;
        Id = id;
        Action = action;
        Body = body;
    }

    public string Method { get; }

    /// <summary>Whether answers are in an object with the name <c>value</c>.</summary>
    public bool IsWrapped { get; }

    /// <summary>Such as <c>tagging/tag</c>.</summary>
    public string Resource { get; }

    public string? Id { get; }

    public string? Action { get; }

    public JsonObject Body { get; }

    /// <summary>The resource's name of a path, and whether answers are wrapped; null for a path of something else.</summary>
    public static (string Resource, bool IsWrapped)? Locate(string path) => path switch
    {
        "/api/session" => ("session", false),
        _ when path.StartsWith("/rest/com/vmware/cis/", StringComparison.Ordinal) => (path["/rest/com/vmware/cis/".Length..], true),
        _ when path.StartsWith("/api/cis/", StringComparison.Ordinal) => (path["/api/cis/".Length..], false),
        _ => null,
    };

    /// <exception cref="TagException">The body is no JSON object, or too large.</exception>
    public static async Task<RestRequest> ReadAsync(HttpContext context, string located, bool isWrapped)
    {
        var parts = located.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var length = parts is ["tagging", ..] ? 2 : 1;
        var id = parts.Length > length ? Uri.UnescapeDataString(string.Join('/', parts.Skip(length))) : null;
        var query = context.Request.Query;
        return new RestRequest(
            context.Request.Method,
            isWrapped,
            string.Join('/', parts.Take(length)),
            id is not null && id.StartsWith("id:", StringComparison.Ordinal) ? id[3..] : id,
            query["~action"].FirstOrDefault() ?? query["action"].FirstOrDefault(),
            await ReadBodyAsync(context).ConfigureAwait(false));
    }

    /// <summary>A part of the body, which some versions put below a name and others do not.</summary>
    public JsonObject Part(string name) => Body[name] as JsonObject ?? Body;

    /// <exception cref="TagException">The body has no such text.</exception>
    public string Text(string name) => TextOf(Body, name) ?? throw TagException.Invalid($"'{name}' is missing.");

    public IReadOnlyList<string> Texts(string name) => TextsOf(Body, name) ?? throw TagException.Invalid($"'{name}' is missing.");

    public ManagedObjectReference Reference(string name) => ReferenceOf(Body[name]);

    public IReadOnlyList<ManagedObjectReference> References(string name)
        => Body[name] is JsonArray all ? [.. all.Select(ReferenceOf)] : throw TagException.Invalid($"'{name}' is missing.");

    public static string? TextOf(JsonObject part, string name)
        => part[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static IReadOnlyList<string>? TextsOf(JsonObject part, string name)
        => part[name] is JsonArray all ? [.. all.OfType<JsonValue>().Select(value => value.TryGetValue<string>(out var text) ? text : string.Empty)] : null;

    private static ManagedObjectReference ReferenceOf(JsonNode? node)
        => node is JsonObject found && TextOf(found, "type") is { } type && TextOf(found, "id") is { } id
            ? new ManagedObjectReference(type, id)
            : throw TagException.Invalid("An object has a type and an id.");

    private static async Task<JsonObject> ReadBodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await context.Request.Body.ReadAsync(buffer, context.RequestAborted).ConfigureAwait(false)) > 0)
        {
            if (body.Length + count > BodyLimit)
            {
                throw TagException.Invalid("The request is larger than 1 MiB.");
            }

            body.Write(buffer, 0, count);
        }

        if (body.Length == 0)
        {
            return [];
        }

        try
        {
            body.Position = 0;

            // A client that has nothing to say may say "null".
            return JsonNode.Parse(body) as JsonObject ?? [];
        }
        catch (JsonException malformed)
        {
            throw TagException.Invalid($"The request is not JSON: {malformed.Message}");
        }
    }
}
