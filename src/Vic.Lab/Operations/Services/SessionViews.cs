using Vic.Lab.Api.Sessions;
using Vic.Vim25;

namespace Vic.Lab.Operations.Services;

/// <summary>Sessions as the API shows them.</summary>
internal static class SessionViews
{
    /// <summary>The only locale of the lab's messages.</summary>
    public const string Locale = "en";

    public static UserSession Of(Session session) => new()
    {
        Key = session.Key,
        UserName = session.UserName,
        FullName = session.Account.FullName,
        LoginTime = session.LoginTime.UtcDateTime,
        LastActiveTime = session.LastActive.UtcDateTime,
        Locale = Locale,
        MessageLocale = Locale,
        ExtensionSession = false,
        IpAddress = session.Address,
        UserAgent = session.UserAgent,
        CallCount = session.CallCount,
    };
}
