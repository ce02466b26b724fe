using Vic.Lab.Api.Sessions;
using Vic.Vim25;

namespace Vic.Lab.Operations.Services;

/// <summary>Sessions as the API shows them.</summary>
internal static class SessionViews
{
    public static UserSession Of(Session session) => new()
    {
        Key = session.Key,
        UserName = session.UserName,
        FullName = session.UserName,
        LoginTime = session.LoginTime.UtcDateTime,
        LastActiveTime = session.LastActive.UtcDateTime,
        Locale = "en",
        MessageLocale = "en",
        ExtensionSession = false,
        IpAddress = session.Address,
        UserAgent = session.UserAgent,
        CallCount = session.CallCount,
    };
}
