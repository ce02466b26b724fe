using Vic.Lab.Api.Sessions;
using Vic.Lab.History;
using Vic.Vim25;

namespace Vic.Lab.Operations.Services;

/// <summary>How many history collectors a session may have.</summary>
internal static class CollectorLimits
{
    /// <summary>EventManager's and TaskManager's <c>maxCollector</c>.</summary>
    public const int PerSession = 32;

    /// <exception cref="VimFaultException">InvalidState: the session has as many as it may.</exception>
    public static void Check(Session session)
    {
        if (session.Objects.OfType<HistoryCollectorObject>().Count() >= PerSession)
        {
            throw Faults.InvalidState($"The session has {PerSession} history collectors: destroy one first.");
        }
    }
}
