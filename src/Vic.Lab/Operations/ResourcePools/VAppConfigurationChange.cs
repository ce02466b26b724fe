using System.Globalization;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.ResourcePools;

/// <summary>Applies a specification to a vApp's configuration. Under the store's lock.</summary>
internal static class VAppConfigurationChange
{
    private const int SectionLimit = 1000;

    /// <summary>The changed configuration: a new object.</summary>
    /// <exception cref="VimFaultException">A key is unknown or taken, or an entity is no child of the vApp.</exception>
    public static VAppConfigInfo Apply(VirtualAppEntity vapp, VAppConfigSpec spec)
    {
        var config = vapp.VAppConfig.ShallowClone();
        config.Product = Merge(config.Product, spec.Product, change => change.Info, product => product.Key, "product");
        config.Property = Merge(config.Property, spec.Property, change => change.Info, property => property.Key, "property");
        config.OvfSection = Merge(config.OvfSection, spec.OvfSection, change => change.Info, section => section.Key ?? 0, "ovfSection");
        config.IpAssignment = spec.IpAssignment ?? config.IpAssignment;
        config.Eula = spec.Eula ?? config.Eula;
        config.OvfEnvironmentTransport = spec.OvfEnvironmentTransport ?? config.OvfEnvironmentTransport;
        config.InstallBootRequired = spec.InstallBootRequired ?? config.InstallBootRequired;
        config.InstallBootStopDelay = spec.InstallBootStopDelay ?? config.InstallBootStopDelay;
        config.Annotation = spec.Annotation ?? config.Annotation;
        config.InstanceUuid = spec.InstanceUuid ?? config.InstanceUuid;
        config.ManagedBy = spec.ManagedBy ?? config.ManagedBy;
        config.EntityConfig = MergeEntities(vapp, config.EntityConfig, spec.EntityConfig);
        return config;
    }

    /// <summary>The order of the children: entries for the same child replace what is there, what they leave out stays.</summary>
    private static List<VAppEntityConfigInfo>? MergeEntities(
        VirtualAppEntity vapp, List<VAppEntityConfigInfo>? old, List<VAppEntityConfigInfo>? changes)
    {
        if (changes is null)
        {
            return old;
        }

        var merged = new List<VAppEntityConfigInfo>(old ?? []);
        foreach (var change in changes)
        {
            if (change.Key is not { } key || !(vapp.References("vm").Contains(key) || vapp.References("resourcePool").Contains(key)))
            {
                throw Faults.InvalidArgument("spec.entityConfig.key", $"'{change.Key?.Value}' is no child of the vApp '{vapp.Name}'.");
            }

            CheckEntity(change);
            var index = merged.FindIndex(entry => entry.Key == key);
            var start = index < 0 ? Default(key) : merged[index];
            var next = new VAppEntityConfigInfo
            {
                Key = key,
                Tag = change.Tag ?? start.Tag,
                StartOrder = change.StartOrder ?? start.StartOrder,
                StartDelay = change.StartDelay ?? start.StartDelay,
                WaitingForGuest = change.WaitingForGuest ?? start.WaitingForGuest,
                StartAction = change.StartAction ?? start.StartAction,
                StopDelay = change.StopDelay ?? start.StopDelay,
                StopAction = change.StopAction ?? start.StopAction,
                DestroyWithParent = change.DestroyWithParent ?? start.DestroyWithParent,
            };
            if (index < 0)
            {
                merged.Add(next);
            }
            else
            {
                merged[index] = next;
            }
        }

        return merged;
    }

    private static void CheckEntity(VAppEntityConfigInfo entry)
    {
        if (entry.StartOrder is < 0 || entry.StartDelay is < 0 || entry.StopDelay is < 0)
        {
            throw Faults.InvalidArgument("spec.entityConfig", "Order and delays are not negative.");
        }

        if (entry.StartAction is not (null or "none" or "powerOn"))
        {
            throw Faults.InvalidArgument("spec.entityConfig.startAction", "A child's start action is none or powerOn.");
        }

        if (entry.StopAction is not (null or "none" or "powerOff" or "guestShutdown" or "suspend"))
        {
            throw Faults.InvalidArgument("spec.entityConfig.stopAction", "A child's stop action is none, powerOff, guestShutdown or suspend.");
        }
    }

    /// <summary>How vCenter starts and stops a child of which nothing is said.</summary>
    private static VAppEntityConfigInfo Default(ManagedObjectReference key) => new()
    {
        Key = key,
        StartOrder = 0,
        StartDelay = 120,
        WaitingForGuest = false,
        StartAction = "powerOn",
        StopDelay = 120,
        StopAction = "powerOff",
        DestroyWithParent = false,
    };

    private static List<T>? Merge<T, TChange>(
        List<T>? old, List<TChange>? changes, Func<TChange, T?> infoOf, Func<T, int> keyOf, string property)
        where T : DataObject
        where TChange : ArrayUpdateSpec
    {
        if (changes is null)
        {
            return old;
        }

        var merged = new List<T>(old ?? []);
        foreach (var change in changes)
        {
            var key = change.Operation == ArrayUpdateOperation.Remove
                ? Convert.ToInt32(change.RemoveKey, CultureInfo.InvariantCulture)
                : keyOf(infoOf(change) ?? throw Wrong("What to add or edit is missing."));
            var index = merged.FindIndex(entry => keyOf(entry) == key);
            switch (change.Operation)
            {
                case ArrayUpdateOperation.Add when index < 0 && merged.Count < SectionLimit:
                    merged.Add(infoOf(change)!);
                    break;
                case ArrayUpdateOperation.Edit when index >= 0:
                    merged[index] = infoOf(change)!;
                    break;
                case ArrayUpdateOperation.Remove when index >= 0:
                    merged.RemoveAt(index);
                    break;
                default:
                    throw Wrong($"The key {key.ToString(CultureInfo.InvariantCulture)} cannot be used for {change.Operation.ToWireText()}.");
            }
        }

        return merged;

        VimFaultException Wrong(string message) => Faults.InvalidArgument($"spec.{property}", message);
    }
}
