using Vic.Lab.Operations.Services;
using Vic.Lab.Performance;
using Vic.Lab.Tasks;
using Vic.Vim25;

namespace Vic.Lab.Inventory.Models;

/// <summary>The service's managers: references, and the objects behind them.</summary>
internal static class ServiceObjects
{
    /// <summary>The service content of vCenter, with vCenter's well-known ids.</summary>
    public static ServiceContent VCenter(ManagedObjectReference rootFolder, AboutInfo about) => new()
    {
        RootFolder = rootFolder,
        PropertyCollector = new ManagedObjectReference("PropertyCollector", "propertyCollector"),
        ViewManager = new ManagedObjectReference("ViewManager", "ViewManager"),
        About = about,
        Setting = new ManagedObjectReference("OptionManager", "VpxSettings"),
        UserDirectory = new ManagedObjectReference("UserDirectory", "UserDirectory"),
        SessionManager = new ManagedObjectReference("SessionManager", "SessionManager"),
        AuthorizationManager = new ManagedObjectReference("AuthorizationManager", "AuthorizationManager"),
        PerfManager = new ManagedObjectReference("PerformanceManager", "PerfMgr"),
        EventManager = new ManagedObjectReference("EventManager", "EventManager"),
        TaskManager = new ManagedObjectReference("TaskManager", "TaskManager"),
        ExtensionManager = new ManagedObjectReference("ExtensionManager", "ExtensionManager"),
        CustomFieldsManager = new ManagedObjectReference("CustomFieldsManager", "CustomFieldsManager"),
        DiagnosticManager = new ManagedObjectReference("DiagnosticManager", "DiagMgr"),
        LicenseManager = new ManagedObjectReference("LicenseManager", "LicenseManager"),
        SearchIndex = new ManagedObjectReference("SearchIndex", "SearchIndex"),
        FileManager = new ManagedObjectReference("FileManager", "FileManager"),
        DatastoreNamespaceManager = new ManagedObjectReference("DatastoreNamespaceManager", "DatastoreNamespaceManager"),
        VirtualDiskManager = new ManagedObjectReference("VirtualDiskManager", "virtualDiskManager"),
        StorageResourceManager = new ManagedObjectReference("StorageResourceManager", "StorageResourceManager"),
        GuestOperationsManager = new ManagedObjectReference("GuestOperationsManager", "guestOperationsManager"),
    };

    /// <summary>The service content of a stand-alone host, with ESXi's well-known ids.</summary>
    public static ServiceContent Esx(ManagedObjectReference rootFolder, AboutInfo about) => new()
    {
        RootFolder = rootFolder,
        PropertyCollector = new ManagedObjectReference("PropertyCollector", "ha-property-collector"),
        ViewManager = new ManagedObjectReference("ViewManager", "ViewManager"),
        About = about,
        Setting = new ManagedObjectReference("OptionManager", "HostAgentSettings"),
        UserDirectory = new ManagedObjectReference("UserDirectory", "ha-user-directory"),
        SessionManager = new ManagedObjectReference("SessionManager", "ha-sessionmgr"),
        AuthorizationManager = new ManagedObjectReference("AuthorizationManager", "ha-authmgr"),
        PerfManager = new ManagedObjectReference("PerformanceManager", "ha-perfmgr"),
        EventManager = new ManagedObjectReference("EventManager", "ha-eventmgr"),
        TaskManager = new ManagedObjectReference("TaskManager", "ha-taskmgr"),
        DiagnosticManager = new ManagedObjectReference("DiagnosticManager", "ha-diagnosticmgr"),
        LicenseManager = new ManagedObjectReference("LicenseManager", "ha-license-manager"),
        SearchIndex = new ManagedObjectReference("SearchIndex", "ha-searchindex"),
        FileManager = new ManagedObjectReference("FileManager", "ha-nfc-file-manager"),
        DatastoreNamespaceManager = new ManagedObjectReference("DatastoreNamespaceManager", "ha-datastore-namespace-manager"),
        VirtualDiskManager = new ManagedObjectReference("VirtualDiskManager", "ha-vdiskmanager"),
        GuestOperationsManager = new ManagedObjectReference("GuestOperationsManager", "ha-guest-operations-manager"),
    };

    /// <summary>Makes the objects behind the references of a service content.</summary>
    public static void AddTo(InventoryBuilder builder, ServiceContent content)
    {
        var world = builder.World;
        var options = world.IsVCenter ? OptionCatalog.VCenter : OptionCatalog.Esx;
        builder.Add(new ServiceObject(
            new ManagedObjectReference("ServiceInstance", "ServiceInstance"),
            ("content", content),
            ("capability", new Capability { ProvisioningSupported = world.IsVCenter, MultiHostSupported = world.IsVCenter })));
        foreach (var reference in new[]
        {
            content.ViewManager, content.SearchIndex, content.FileManager, content.DatastoreNamespaceManager,
            content.VirtualDiskManager, content.StorageResourceManager, content.DiagnosticManager,
        })
        {
            if (reference is { } known)
            {
                builder.Add(new ServiceObject(known));
            }
        }

        builder.Add(new ServiceObject(
            content.SessionManager!.Value,
            ("currentSession", null),
            ("sessionList", null),
            ("message", string.Empty),
            ("messageLocaleList", new List<string> { SessionViews.Locale }),
            ("supportedLocaleList", new List<string> { SessionViews.Locale }),
            ("defaultLocale", SessionViews.Locale)));
        builder.Add(new ServiceObject(content.PropertyCollector, ("filter", new List<ManagedObjectReference>())));
        builder.Add(new ServiceObject(
            content.PerfManager!.Value,
            ("perfCounter", PerformanceCounter.All.Select(counter => counter.ToDataObject()).ToList()),
            ("historicalInterval", PerformanceOperations.HistoricalIntervals()),
            ("description", PerformanceOperations.Describe())));
        builder.Add(new ServiceObject(content.TaskManager!.Value, ("recentTask", new List<ManagedObjectReference>()), ("description", TaskCatalog.Describe()), ("maxCollector", CollectorLimits.PerSession)));
        builder.Add(new ServiceObject(content.EventManager!.Value, ("latestEvent", null), ("description", EventCatalog.Describe()), ("maxCollector", CollectorLimits.PerSession)));
        builder.Add(new ServiceObject(content.UserDirectory!.Value, ("domainList", new List<string> { world.Accounts.Domain })));
        builder.Add(new ServiceObject(content.Setting!.Value, ("setting", OptionCatalog.Settings(options)), ("supportedOption", OptionCatalog.Supported(options))));
        AddGuestOperations(builder, content.GuestOperationsManager!.Value);
        AddLicenses(builder, content.LicenseManager!.Value, world.IsVCenter);
        AuthorizationObjects.AddTo(builder, content.AuthorizationManager!.Value);
        if (content.ExtensionManager is { } extensions)
        {
            builder.Add(new ServiceObject(extensions, ("extensionList", new List<Extension>())));
        }

        if (content.CustomFieldsManager is { } fields)
        {
            builder.Add(new ServiceObject(fields, ("field", new List<CustomFieldDef>())));
        }
    }

    private static void AddGuestOperations(InventoryBuilder builder, ManagedObjectReference manager)
    {
        var authentication = new ManagedObjectReference("GuestAuthManager", "guestOperationsAuthManager");
        var processes = new ManagedObjectReference("GuestProcessManager", "guestOperationsProcessManager");
        var files = new ManagedObjectReference("GuestFileManager", "guestOperationsFileManager");
        builder.Add(new ServiceObject(authentication));
        builder.Add(new ServiceObject(processes));
        builder.Add(new ServiceObject(files));
        builder.Add(new ServiceObject(
            manager, ("authManager", authentication), ("processManager", processes), ("fileManager", files)));
    }

    private static void AddLicenses(InventoryBuilder builder, ManagedObjectReference manager, bool isVCenter)
    {
        ManagedObjectReference? assignments = null;
        if (isVCenter)
        {
            assignments = new ManagedObjectReference("LicenseAssignmentManager", "LicenseAssignmentManager");
            builder.Add(new ServiceObject(assignments.Value));
        }

        builder.Add(new ServiceObject(
            manager,
            ("licenses", new List<LicenseManagerLicenseInfo>()),
            ("licensedEdition", string.Empty),
            ("sourceAvailable", true),
            ("licenseAssignmentManager", assignments),
            ("evaluation", null)));
    }
}
