using Vic.Configuration;

namespace Vic.Engine.Deployment;

/// <summary>The services that PID 1 of an endpoint VM runs: one of ours, or three of vic-machine.</summary>
internal static class EndpointServices
{
    /// <summary>The state of a service that runs; any other text is why it does not.</summary>
    public const string Running = "true";

    /// <summary>What each service has reported of its start, empty before it has, by the keys of the endpoint VM.</summary>
    public static IReadOnlyDictionary<string, string> StatesOf(IReadOnlyDictionary<string, string> keys) =>
        GuestInfoNames.SessionsIn(keys, GuestInfoKey.Appliance).ToDictionary(
            service => service,
            service => keys.TryGetValue(StartedKey(service), out var text) && text != GuestInfoText.Empty ? text : "",
            StringComparer.Ordinal);

    /// <summary>The keys under which the services report their start.</summary>
    public static IEnumerable<string> ReportKeys(IReadOnlyDictionary<string, string> keys) =>
        GuestInfoNames.SessionsIn(keys, GuestInfoKey.Appliance).Select(StartedKey);

    private static string StartedKey(string service) => GuestInfoNames.SessionStarted(GuestInfoKey.Appliance, service);
}
