using System.Collections.Concurrent;
using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>The types of events that the lab knows of, with their categories, and which type is derived from which.</summary>
internal static class EventCatalog
{
    private const string Info = "info";
    private const string Warning = "warning";
    private const string Error = "error";
    private const string User = "user";

    private static readonly ConcurrentDictionary<Type, string[]> Lineages = [];

    private static readonly (string Type, string Category, string Description)[] Types =
    [
        ("TaskEvent", Info, "Task event"),
        ("GeneralEvent", Info, "General event"),
        ("GeneralUserEvent", User, "User logged event"),
        ("EventEx", Info, "Extended event"),
        ("ExtendedEvent", Info, "Extended event"),
        ("UserLoginSessionEvent", Info, "User login"),
        ("UserLogoutSessionEvent", Info, "User logout"),
        ("AlreadyAuthenticatedSessionEvent", Error, "Already authenticated"),
        ("BadUsernameSessionEvent", Error, "Invalid user name"),
        ("NoAccessUserEvent", Error, "No access for user"),
        ("RoleAddedEvent", Info, "Role added"),
        ("RoleUpdatedEvent", Info, "Role updated"),
        ("RoleRemovedEvent", Info, "Role removed"),
        ("PermissionAddedEvent", Info, "Permission added"),
        ("PermissionUpdatedEvent", Info, "Permission updated"),
        ("PermissionRemovedEvent", Info, "Permission removed"),
        ("CustomFieldDefAddedEvent", Info, "Custom field definition added"),
        ("CustomFieldValueChangedEvent", Info, "Custom field value changed"),
        ("ResourcePoolCreatedEvent", Info, "Resource pool created"),
        ("ResourcePoolDestroyedEvent", Info, "Resource pool deleted"),
        ("ResourcePoolMovedEvent", Info, "Resource pool moved"),
        ("ResourcePoolReconfiguredEvent", Info, "Resource pool reconfigured"),
        ("ClusterReconfiguredEvent", Info, "Cluster reconfigured"),
        ("DVPortgroupCreatedEvent", Info, "Distributed port group created"),
        ("DVPortgroupReconfiguredEvent", Info, "Distributed port group reconfigured"),
        ("DVPortgroupDestroyedEvent", Info, "Distributed port group deleted"),
        ("DvsCreatedEvent", Info, "Distributed switch created"),
        ("DvsReconfiguredEvent", Info, "Distributed switch reconfigured"),
        ("HostDisconnectedEvent", Info, "Host disconnected"),
        ("HostConnectedEvent", Info, "Host connected"),
        ("VmBeingCreatedEvent", Info, "Creating VM"),
        ("VmCreatedEvent", Info, "VM created"),
        ("VmRegisteredEvent", Info, "VM registered"),
        ("VmRemovedEvent", Info, "VM removed"),
        ("VmRenamedEvent", Warning, "VM renamed"),
        ("VmReconfiguredEvent", Info, "VM reconfigured"),
        ("VmStartingEvent", Info, "VM starting"),
        ("VmPoweredOnEvent", Info, "VM powered on"),
        ("DrsVmPoweredOnEvent", Info, "DRS VM powered on"),
        ("VmFailedToPowerOnEvent", Error, "Cannot power on the VM"),
        ("VmStoppingEvent", Info, "VM stopping"),
        ("VmPoweredOffEvent", Info, "VM powered off"),
        ("VmFailedToPowerOffEvent", Error, "Cannot power off the VM"),
        ("VmResettingEvent", Info, "VM resetting"),
        ("VmSuspendingEvent", Info, "VM being suspended"),
        ("VmSuspendedEvent", Info, "VM suspended"),
        ("VmGuestRebootEvent", Info, "Guest OS reboot"),
        ("VmGuestShutdownEvent", Info, "Guest OS shut down"),
        ("VmClonedEvent", Info, "VM cloned"),
        ("VmBeingHotMigratedEvent", Info, "VM is hot migrating"),
        ("VmBeingMigratedEvent", Info, "VM is migrating"),
        ("VmMigratedEvent", Info, "VM migrated"),
        ("DrsVmMigratedEvent", Info, "DRS VM migrated"),
        ("VmRelocatedEvent", Info, "VM relocated"),
        ("VmMessageEvent", Info, "VM information message"),
        ("VmMessageErrorEvent", Error, "VM error message"),
    ];

    private static readonly Dictionary<string, string> Categories = Types.ToDictionary(type => type.Type, type => type.Category, StringComparer.Ordinal);

    /// <summary>The category of an event: <c>info</c>, <c>warning</c>, <c>error</c> or <c>user</c>.</summary>
    public static string CategoryOf(Event occurred)
        => (occurred as EventEx)?.Severity ?? Categories.GetValueOrDefault(occurred.WireType, Info);

    /// <summary>Whether an event is of a type or of one derived from it; the types of extensions count as well.</summary>
    public static bool Is(Event occurred, string type)
    {
        var name = type[(type.LastIndexOf('.') + 1)..];
        return Lineages.GetOrAdd(occurred.GetType(), Lineage).Contains(name)
            || type == (occurred as EventEx)?.EventTypeId
            || type == (occurred as ExtendedEvent)?.EventTypeId;
    }

    /// <summary>EventManager's <c>description</c>.</summary>
    public static EventDescription Describe() => new()
    {
        Category = [.. new[] { Info, Warning, Error, User }.Select(category => new ElementDescription
        {
            Key = category,
            Label = char.ToUpperInvariant(category[0]) + category[1..],
            Summary = category,
        })],
        EventInfo = [.. Types.Select(type => new EventDescriptionEventDetail
        {
            Key = type.Type,
            Description = type.Description,
            Category = type.Category,
            FormatOnDatacenter = string.Empty,
            FormatOnComputeResource = string.Empty,
            FormatOnHost = string.Empty,
            FormatOnVm = string.Empty,
            FullFormat = type.Description,
        })],
    };

    // Data objects are classes with the names of the wire, derived as on the wire.
    private static string[] Lineage(Type type)
    {
        var names = new List<string>();
        for (var current = type; current is not null && current != typeof(DataObject); current = current.BaseType)
        {
            names.Add(current.Name);
        }

        return [.. names];
    }
}
