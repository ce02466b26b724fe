namespace Vic.Configuration;

/// <summary>Names of single keys that are watched or tested without reading a whole configuration.</summary>
public static class GuestInfoNames
{
    /// <summary>A virtual container host's id: equal to its virtual machine's own reference.</summary>
    public const string HostId = "guestinfo.vice./init/common/id";

    /// <summary>A virtual container host's vSphere server; no container has this key.</summary>
    public const string HostTarget = "guestinfo.vice./connect/target";

    /// <summary>A virtual container host's lists of revoked client certificates; read through the API alone.</summary>
    public const string RevocationLists = "cert/RevocationLists";

    /// <summary>A container's id.</summary>
    public const string ContainerId = "guestinfo.vice./common/id";

    /// <summary>A container's name.</summary>
    public const string ContainerName = "common/name";

    /// <summary>The sealed key from which a virtual container host derives the keys of its containers' sessions (our key).</summary>
    public static string SessionMaster { get; } =
        GuestInfoKey.Appliance.Child("attach", GuestInfoScope.ReadOnly).Child("master", GuestInfoScope.Secret).Name;

    /// <summary>The sealed key of a container's session; a container of the reference system has none (our key).</summary>
    public static string SessionKey { get; } =
        GuestInfoKey.Root.Child("attach", GuestInfoScope.ReadOnly).Child("key", GuestInfoScope.Secret).Name;

    /// <summary>
    /// <c>true</c> while a virtual container host is changed (vmware/vic, pkg/vsphere/vm). No guest sees the key, so it can be written to a machine that runs.
    /// </summary>
    public const string UpdateInProgress = "UpdateInProgress";

    /// <summary>Who set <see cref="UpdateInProgress"/>, and when (our key).</summary>
    public const string UpdateOwner = "UpdateOwner";

    /// <summary>The limits of the pool before the change of <see cref="UpdateOwner"/> (our key); absent while it has not come to them.</summary>
    public const string UpdateLimits = "UpdateLimits";

    /// <summary>The ids of the sessions that a virtual machine's keys name.</summary>
    public static IReadOnlyList<string> SessionsIn(IReadOnlyDictionary<string, string> keys, GuestInfoKey root) =>
        keys.TryGetValue(root.Child("sessions", GuestInfoScope.ReadOnly).Name, out var ids)
            ? [.. ids.Split(GuestInfoKey.EntrySeparator).Where(id => id.Length > 0 && id != GuestInfoText.Empty)]
            : [];

    /// <summary>Whether a session runs: <c>true</c>, or the text of the failure.</summary>
    public static string SessionStarted(GuestInfoKey root, string sessionId) => Session(root, sessionId, "started");

    /// <summary>A session's exit code.</summary>
    public static string SessionStatus(GuestInfoKey root, string sessionId) => Session(root, sessionId, "status");

    /// <summary>When a session ended; written after everything else about it.</summary>
    public static string SessionStopTime(GuestInfoKey root, string sessionId) =>
        SessionOf(root, sessionId).Child("detail", GuestInfoScope.ReadWrite).Child("stoptime").Name;

    /// <summary>The address that a guest has on a network: base64 of 4 or 16 bytes.</summary>
    public static string AssignedAddress(GuestInfoKey root, string network) => root.Child("networks", GuestInfoScope.ReadOnly)
        .Entry(network).Child("assigned", GuestInfoScope.ReadWrite).Child("IP").Name;

    /// <summary>
    /// How many seconds a guest that is asked to shut down gives its process between the stop signal and the kill; written just before it is
    /// asked, and of no meaning for a later run (our key).
    /// </summary>
    public static string ShutdownGrace { get; } =
        GuestInfoKey.Root.Child("shutdown", GuestInfoScope.ReadOnly | GuestInfoScope.NonPersistent).Child("grace").Name;

    /// <summary>What all keys start with that say which build a container is of.</summary>
    internal static string Build { get; } = GuestInfoKey.Root.Child("version", GuestInfoScope.ReadOnly).Name;

    /// <summary>What all keys of a container's networks start with that the guest only reads.</summary>
    internal static string Networks { get; } = GuestInfoKey.Root.Child("networks", GuestInfoScope.ReadOnly).Name;

    /// <summary>
    /// Whether a guest reports by a key what it was given on a network. Of what it may write the network's type is none: a tether of the reference system reads
    /// it to set its firewall up.
    /// </summary>
    internal static bool IsAssignment(string key) =>
        key.StartsWith(NetworkReports, StringComparison.Ordinal) && key.IndexOf(".assigned.", StringComparison.Ordinal) > 0;

    /// <summary>What all keys of a container's networks start with that the guest writes.</summary>
    internal static string NetworkReports { get; } = GuestInfoKey.Root.Child("networks", GuestInfoScope.ReadWrite).Name;

    /// <summary>What all keys start with that a container's guest writes of its session.</summary>
    internal static string SessionReports(string sessionId) =>
        GuestInfoKey.Root.Child("sessions", GuestInfoScope.ReadWrite).Entry(sessionId).Name + ".";

    private static string Session(GuestInfoKey root, string sessionId, string field) =>
        SessionOf(root, sessionId).Child(field, GuestInfoScope.ReadWrite).Name;

    private static GuestInfoKey SessionOf(GuestInfoKey root, string sessionId) =>
        root.Child("sessions", GuestInfoScope.ReadOnly).Entry(sessionId);
}
