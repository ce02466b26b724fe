using System.Text;
using System.Text.Json.Nodes;
using Vic.Lab.Api.Sessions;
using Vic.Lab.Authorization;
using Vic.Lab.Inventory;
using Vic.Lab.Inventory.Tags;

namespace Vic.Lab.Api.Rest;

/// <summary>
/// Serves sessions and tags of the vSphere Automation API ("vSphere Automation REST API": <c>cis/session</c> and <c>cis/tagging</c>). A session is one of
/// vim25's: its id is the header <c>vmware-api-session-id</c>.
/// </summary>
internal sealed class RestEndpoint(LabWorld world)
{
    private const string SessionHeader = "vmware-api-session-id";

    private readonly TagResources tags = new(world);

    public static bool Serves(string path) => RestRequest.Locate(path) is not null;

    public async Task HandleAsync(HttpContext context)
    {
        var (located, isWrapped) = RestRequest.Locate(context.Request.Path.Value!)!.Value;
        try
        {
            var request = await RestRequest.ReadAsync(context, located, isWrapped).ConfigureAwait(false);
            var isLogin = request is { Resource: "session", Method: "POST", Action: null or "create" };
            var session = FindSession(context);
            if (session is null && !isLogin)
            {
                await FailAsync(context, isWrapped, StatusCodes.Status401Unauthorized, "unauthenticated", "The session is not authenticated.").ConfigureAwait(false);
                return;
            }

            session?.BeginCall(DateTimeOffset.UtcNow);
            try
            {
                var (status, answer) = isLogin
                    ? LogIn(context, isWrapped)
                    : request.Resource == "session" ? Describe(request, session!) : (StatusCodes.Status200OK, Run(request, session!));
                await AnswerAsync(context, isWrapped, status, answer).ConfigureAwait(false);
            }
            finally
            {
                session?.EndCall(DateTimeOffset.UtcNow);
            }
        }
        catch (TagException failure)
        {
            var status = failure.Kind switch
            {
                "not_found" => StatusCodes.Status404NotFound,
                "unauthenticated" => StatusCodes.Status401Unauthorized,
                "unauthorized" => StatusCodes.Status403Forbidden,
                _ => StatusCodes.Status400BadRequest,
            };
            await FailAsync(context, isWrapped, status, failure.Kind, failure.Message).ConfigureAwait(false);
        }
    }

    private JsonNode? Run(RestRequest request, Session session)
    {
        lock (world.Store.Gate)
        {
            if (TagResources.IsChange(request) && !world.Access.IsUnrestricted(session.Account))
            {
                throw new TagException("unauthorized", "Only administrators change tags.");
            }

            return tags.Run(request, entity => world.Access.Has(session.Account, entity, Privileges.View));
        }
    }

    private Session? FindSession(HttpContext context)
        => context.Request.Headers[SessionHeader].FirstOrDefault() is { Length: > 0 and < 256 } id ? world.Sessions.Find(id) : null;

    private (int Status, JsonNode? Answer) LogIn(HttpContext context, bool isWrapped)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var (name, password) = BasicCredentials.Parse(header) ?? throw new TagException("unauthenticated", "Name and password are expected.");
        lock (world.Store.Gate)
        {
            if (world.Accounts.Authenticate(name, password) is not { } user || !world.Access.HasAny(user))
            {
                throw new TagException("unauthenticated", "The name or the password is wrong.");
            }

            var session = world.Sessions.Open(
                user, context.Connection.RemoteIpAddress?.ToString() ?? string.Empty, context.Request.Headers.UserAgent.ToString())
                ?? throw new TagException("service_unavailable", "There are too many sessions.");
            return (isWrapped ? StatusCodes.Status200OK : StatusCodes.Status201Created, JsonValue.Create(session.Cookie));
        }
    }

    private (int Status, JsonNode? Answer) Describe(RestRequest request, Session session)
    {
        switch (request.Method, request.Action)
        {
            case ("DELETE", _):
                world.Sessions.Close(session);
                return (request.IsWrapped ? StatusCodes.Status200OK : StatusCodes.Status204NoContent, null);
            case ("GET", _) or ("POST", "get"):
                return (StatusCodes.Status200OK, new JsonObject
                {
                    ["user"] = session.UserName,
                    ["created_time"] = session.LoginTime.UtcDateTime,
                    ["last_accessed_time"] = session.LastActive.UtcDateTime,
                });
            default:
                throw TagException.NotFound($"{request.Method} {request.Action}");
        }
    }

    private static Task AnswerAsync(HttpContext context, bool isWrapped, int status, JsonNode? answer)
        => WriteAsync(context, status, answer is not null && isWrapped ? new JsonObject { ["value"] = answer } : answer);

    private static Task FailAsync(HttpContext context, bool isWrapped, int status, string kind, string message)
    {
        var messages = new JsonArray(new JsonObject { ["id"] = $"vic.lab.{kind}", ["default_message"] = message, ["args"] = new JsonArray() });
        return WriteAsync(context, status, isWrapped
            ? new JsonObject { ["type"] = $"com.vmware.vapi.std.errors.{kind}", ["value"] = new JsonObject { ["messages"] = messages } }
            : new JsonObject { ["error_type"] = kind.ToUpperInvariant(), ["messages"] = messages });
    }

    private static async Task WriteAsync(HttpContext context, int status, JsonNode? answer)
    {
        context.Response.StatusCode = status;
        if (answer is null)
        {
            return;
        }

        var body = Encoding.UTF8.GetBytes(answer.ToJsonString());
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }
}
