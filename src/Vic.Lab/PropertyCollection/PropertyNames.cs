using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.PropertyCollection;

/// <summary>Which properties may be asked for.</summary>
internal static class PropertyNames
{
    // What vSphere 6.7 has and this lab never sets: asking for it is no mistake, there is just no value.
    private static readonly Dictionary<string, string[]> Unheld = new(StringComparer.Ordinal)
    {
        ["ClusterComputeResource"] = ["recommendation", "drsRecommendation", "hciConfig", "migrationHistory", "actionHistory", "drsFault"],
        ["Datastore"] = ["iormConfiguration"],
        ["DistributedVirtualSwitch"] = ["networkResourcePool"],
        ["HostStorageSystem"] = ["storageDeviceInfo", "multipathStateInfo"],
        ["HostSystem"] =
        [
            "capability", "licensableResource", "precheckRemediationResult", "remediationResult", "complianceCheckResult",
            "answerFileValidationState", "answerFileValidationResult",
        ],
        ["ManagedEntity"] = ["declaredAlarmState", "triggeredAlarmState"],
        ["OvfManager"] = ["ovfImportOption", "ovfExportOption"],
    };

    /// <exception cref="VimFaultException">The type has no such property.</exception>
    public static void Check(string type, string path)
    {
        var steps = PropertyPath.Parse(path) ?? throw Faults.InvalidProperty(path);

        // A type of vSphere that the lab does not have has no objects here either.
        if (ManagedTypeCatalog.Find(type) is not { } known || known.Properties.ContainsKey(steps[0].Name))
        {
            return;
        }

        if (!Unheld.Any(entry => TypeHierarchy.Is(type, entry.Key) && entry.Value.Contains(steps[0].Name)))
        {
            throw Faults.InvalidProperty(path);
        }
    }

    /// <summary>Whether a path leads into a value that has no property of that name.</summary>
    public static bool IsAstray(ManagedObject managedObject, IReadOnlyList<PropertyPathStep> steps)
    {
        var value = managedObject.Read(steps[0].Name);
        for (var length = 1; length < steps.Count; length++)
        {
            var (found, data) = PropertyValue.Descend(value, [.. steps.Take(length)]);
            if (!found)
            {
                return false;
            }

            if (data is not DataObject container || !container.TryGetProperty(steps[length].Name, out _))
            {
                return true;
            }
        }

        return false;
    }
}
