using System.Collections.Concurrent;
using Vic.Lab.Inventory;

namespace Vic.Lab.Authorization;

/// <summary>
/// Which privilege a property demands: <c>System.Read</c>, unless the API reference tells another for it ("Required Privileges" of the property).
/// </summary>
internal static class PropertyPrivileges
{
    private const string SeenByAll = "System.Anonymous";

    private static readonly (string Type, string Privilege, string Properties)[] Exceptions =
    [
        ("ExtensibleManagedObject", Privileges.View, "value availableField"),
        ("ManagedEntity", Privileges.View, "name parent customValue effectiveRole declaredAlarmState triggeredAlarmState tag"),
        ("Folder", Privileges.View, "childType childEntity"),
        ("StoragePod", Privileges.View, "summary"),
        ("Datacenter", Privileges.View, "vmFolder hostFolder datastoreFolder networkFolder configuration"),
        ("ComputeResource", Privileges.View, "resourcePool host datastore network environmentBrowser"),
        ("HostSystem", Privileges.View, "datastore network datastoreBrowser"),
        ("ResourcePool", Privileges.View, "owner resourcePool vm"),
        ("VirtualApp", Privileges.View, "parentFolder datastore network"),
        ("VirtualMachine", Privileges.View, "datastore network"),
        ("EnvironmentBrowser", Privileges.View, "datastoreBrowser"),
        ("HostDatastoreBrowser", Privileges.View, "datastore"),
        ("HostDatastoreSystem", Privileges.View, "datastore"),
        ("AuthorizationManager", Privileges.View, "privilegeList roleList description"),
        ("CustomFieldsManager", Privileges.View, "field"),
        ("EventManager", Privileges.View, "description latestEvent maxCollector"),
        ("ExtensionManager", Privileges.View, "extensionList"),
        ("LicenseManager", Privileges.View, "licenseAssignmentManager"),
        ("PerformanceManager", Privileges.View, "description historicalInterval perfCounter"),
        ("SessionManager", "Sessions.TerminateSession", "sessionList"),
        ("SessionManager", Privileges.View, "message"),
        ("SessionManager", SeenByAll, "currentSession messageLocaleList supportedLocaleList defaultLocale"),
        ("TaskManager", Privileges.View, "recentTask description maxCollector"),
        ("UserDirectory", Privileges.View, "domainList"),
        ("ViewManager", Privileges.View, "viewList"),
        ("ServiceInstance", Privileges.View, "serverClock capability"),
        ("ServiceInstance", SeenByAll, "content"),
        ("GuestOperationsManager", SeenByAll, "authManager fileManager processManager"),
    ];

    private static readonly ConcurrentDictionary<string, Dictionary<string, string>> ByType = new(StringComparer.Ordinal);

    /// <summary>The privilege to read a property of objects of a type.</summary>
    public static string Of(string type, string property) => ByType.GetOrAdd(type, Collect).GetValueOrDefault(property, Privileges.Read);

    private static Dictionary<string, string> Collect(string type)
    {
        var privileges = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (declaring, privilege, properties) in Exceptions)
        {
            if (TypeHierarchy.Is(type, declaring))
            {
                foreach (var property in properties.Split(' '))
                {
                    privileges[property] = privilege;
                }
            }
        }

        return privileges;
    }
}
