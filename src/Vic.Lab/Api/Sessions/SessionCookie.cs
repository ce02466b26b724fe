namespace Vic.Lab.Api.Sessions;

/// <summary>The cookie that carries a session: <c>vmware_soap_session="..."</c>, quoted as vSphere sends it.</summary>
internal static class SessionCookie
{
    public const string Name = "vmware_soap_session";

    public static Session? Find(HttpContext context, SessionTable sessions)
        => context.Request.Cookies[Name] is { Length: > 0 and < 256 } value ? sessions.Find(Uri.UnescapeDataString(value).Trim('"')) : null;

    public static void Send(HttpContext context, Session session)
        => context.Response.Headers.Append("Set-Cookie", $"{Name}=\"{session.Cookie}\"; Path=/; HttpOnly; Secure");
}
