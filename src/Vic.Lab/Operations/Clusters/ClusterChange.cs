using System.Globalization;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.Clusters;

/// <summary>Applies a specification to a cluster's configuration. Under the store's lock.</summary>
internal sealed class ClusterChange(LabWorld world, ClusterEntity cluster)
{
    /// <param name="spec">What to change.</param>
    /// <param name="modify">Whether what the specification leaves out stays; else it becomes what a new cluster has.</param>
    /// <exception cref="VimFaultException">A rule or group is wrong, taken, unknown or in use.</exception>
    public ClusterConfigInfoEx Apply(ClusterConfigSpecEx spec, bool modify)
    {
        var start = modify ? cluster.Configuration : ClusterEntity.DefaultConfiguration(hasDrs: false);
        var config = start.ShallowClone();
        config.VmSwapPlacement = spec.VmSwapPlacement ?? start.VmSwapPlacement;
        config.SpbmEnabled = spec.SpbmEnabled ?? start.SpbmEnabled;
        config.DefaultHardwareVersionKey = spec.DefaultHardwareVersionKey ?? start.DefaultHardwareVersionKey;
        config.DasConfig = Merge(start.DasConfig, spec.DasConfig);
        config.DrsConfig = Merge(start.DrsConfig, spec.DrsConfig);
        config.Orchestration = spec.Orchestration ?? start.Orchestration;
        config.Group = Merge(start.Group, spec.GroupSpec, change => change.Info, group => group.Name, CheckGroup, "groupSpec");
        config.Rule = Rules(start.Rule, spec.RulesSpec, config.Group ?? []);
        config.DrsVmConfig = Merge(start.DrsVmConfig, spec.DrsVmConfigSpec, change => change.Info, entry => entry.Key.Value, _ => { }, "drsVmConfigSpec");
        config.DasVmConfig = Merge(start.DasVmConfig, spec.DasVmConfigSpec, change => change.Info, entry => entry.Key.Value, _ => { }, "dasVmConfigSpec");
        return config;
    }

    private static ClusterDasConfigInfo Merge(ClusterDasConfigInfo old, ClusterDasConfigInfo? change) => change is null ? old : new ClusterDasConfigInfo
    {
        Enabled = change.Enabled ?? old.Enabled,
        VmMonitoring = change.VmMonitoring ?? old.VmMonitoring,
        HostMonitoring = change.HostMonitoring ?? old.HostMonitoring,
        VmComponentProtecting = change.VmComponentProtecting ?? old.VmComponentProtecting,
        FailoverLevel = change.FailoverLevel ?? old.FailoverLevel,
        AdmissionControlPolicy = change.AdmissionControlPolicy ?? old.AdmissionControlPolicy,
        AdmissionControlEnabled = change.AdmissionControlEnabled ?? old.AdmissionControlEnabled,
        DefaultVmSettings = change.DefaultVmSettings ?? old.DefaultVmSettings,
        Option = change.Option ?? old.Option,
        HeartbeatDatastore = change.HeartbeatDatastore ?? old.HeartbeatDatastore,
        HBDatastoreCandidatePolicy = change.HBDatastoreCandidatePolicy ?? old.HBDatastoreCandidatePolicy,
    };

    private static ClusterDrsConfigInfo Merge(ClusterDrsConfigInfo old, ClusterDrsConfigInfo? change)
    {
        if (change is null)
        {
            return old;
        }

        if (change.VmotionRate is < 1 or > 5)
        {
            throw Faults.InvalidArgument("spec.drsConfig.vmotionRate", "The rate is 1 to 5.");
        }

        return new ClusterDrsConfigInfo
        {
            Enabled = change.Enabled ?? old.Enabled,
            EnableVmBehaviorOverrides = change.EnableVmBehaviorOverrides ?? old.EnableVmBehaviorOverrides,
            DefaultVmBehavior = change.DefaultVmBehavior ?? old.DefaultVmBehavior,
            VmotionRate = change.VmotionRate ?? old.VmotionRate,
            Option = change.Option ?? old.Option,
        };
    }

    private List<ClusterRuleInfo> Rules(List<ClusterRuleInfo>? old, List<ClusterRuleSpec>? changes, List<ClusterGroupInfo> groups)
    {
        var rules = new List<ClusterRuleInfo>(old ?? []);
        foreach (var change in changes ?? [])
        {
            if (change.Operation == ArrayUpdateOperation.Remove)
            {
                var gone = Convert.ToString(change.RemoveKey, CultureInfo.InvariantCulture);
                if (rules.RemoveAll(known => known.Key?.ToString(CultureInfo.InvariantCulture) == gone) == 0)
                {
                    throw Faults.InvalidArgument("spec.rulesSpec.removeKey", $"There is no rule {gone}.");
                }

                continue;
            }

            var info = change.Info ?? throw Faults.InvalidArgument("spec.rulesSpec.info", "The rule is missing.");
            var index = change.Operation == ArrayUpdateOperation.Edit ? rules.FindIndex(known => known.Key == info.Key) : rules.Count;
            if (index < 0)
            {
                throw Faults.InvalidArgument("spec.rulesSpec.info.key", $"There is no rule {info.Key?.ToString(CultureInfo.InvariantCulture)}.");
            }

            var before = index < rules.Count ? rules[index] : null;
            var rule = info.ShallowClone();
            rule.Key = before?.Key ?? rules.Select(known => known.Key ?? 0).DefaultIfEmpty(0).Max() + 1;
            rule.RuleUuid = before?.RuleUuid ?? Guid.NewGuid().ToString("D");
            rule.Name = info.Name ?? before?.Name;
            rule.Enabled = info.Enabled ?? before?.Enabled ?? false;
            rule.UserCreated = info.UserCreated ?? before?.UserCreated ?? true;
            rule.Status = ManagedEntityStatus.Green;
            if (string.IsNullOrEmpty(rule.Name))
            {
                throw Faults.InvalidName(string.Empty);
            }

            if (rules.Exists(known => known != before && known.Name == rule.Name))
            {
                throw Faults.DuplicateName(rule.Name, cluster.Reference);
            }

            if (before is null)
            {
                rules.Add(rule);
            }
            else
            {
                rules[index] = rule;
            }
        }

        rules.ForEach(rule => CheckRule(rule, groups));
        return rules;
    }

    // A group that was removed, or a rule that was added, must leave each rule with what it refers to.
    private static void CheckRule(ClusterRuleInfo rule, List<ClusterGroupInfo> groups)
    {
        switch (rule)
        {
            case ClusterAffinityRuleSpec together:
                CheckMachines(together.Vm);
                break;
            case ClusterAntiAffinityRuleSpec apart:
                CheckMachines(apart.Vm);
                break;
            case ClusterVmHostRuleInfo hosts:
                CheckRefers<ClusterVmGroup>(hosts.VmGroupName, "vmGroupName");
                if (hosts.AffineHostGroupName is null == hosts.AntiAffineHostGroupName is null)
                {
                    throw Faults.InvalidArgument("spec.rulesSpec.info", "The rule needs either an affine or an anti-affine group of hosts.");
                }

                CheckRefers<ClusterHostGroup>(hosts.AffineHostGroupName ?? hosts.AntiAffineHostGroupName, "affineHostGroupName");
                break;
        }

        void CheckRefers<T>(string? name, string property)
            where T : ClusterGroupInfo
        {
            if (!groups.OfType<T>().Any(group => group.Name == name))
            {
                throw Faults.InvalidArgument($"spec.rulesSpec.info.{property}", $"The rule '{rule.Name}' refers to the group '{name}', which is not there.");
            }
        }

        void CheckMachines(List<ManagedObjectReference> machines)
        {
            if (machines.Count < 2)
            {
                throw Faults.InvalidArgument("spec.rulesSpec.info.vm", "The rule needs two virtual machines or more.");
            }
        }
    }

    private void CheckGroup(ClusterGroupInfo group)
    {
        switch (group)
        {
            case ClusterHostGroup hosts:
                foreach (var host in hosts.Host ?? [])
                {
                    if (!cluster.Hosts.Contains(host))
                    {
                        throw Faults.InvalidArgument("spec.groupSpec.info.host", $"The host '{host.Value}' is not of the cluster '{cluster.Name}'.");
                    }
                }

                break;
            case ClusterVmGroup machines:
                foreach (var machine in machines.Vm ?? [])
                {
                    world.Get<VirtualMachineEntity>(machine);
                }

                break;
        }
    }

    private static List<T>? Merge<T, TChange>(
        List<T>? old, List<TChange>? changes, Func<TChange, T?> infoOf, Func<T, string> keyOf, Action<T> check, string property)
        where T : DataObject
        where TChange : ArrayUpdateSpec
    {
        var merged = new List<T>(old ?? []);
        foreach (var change in changes ?? [])
        {
            var info = infoOf(change);
            var key = change.Operation == ArrayUpdateOperation.Remove
                ? change.RemoveKey is ManagedObjectReference reference ? reference.Value : Convert.ToString(change.RemoveKey, CultureInfo.InvariantCulture)
                : info is null ? null : keyOf(info);
            var index = merged.FindIndex(entry => keyOf(entry) == key);
            if (info is not null)
            {
                check(info);
            }

            switch (change.Operation)
            {
                case ArrayUpdateOperation.Add when index < 0 && info is not null:
                    merged.Add(info);
                    break;
                case ArrayUpdateOperation.Edit when index >= 0:
                    merged[index] = info!;
                    break;
                case ArrayUpdateOperation.Remove when index >= 0:
                    merged.RemoveAt(index);
                    break;
                default:
                    throw Faults.InvalidArgument($"spec.{property}", $"'{key}' cannot be used for {change.Operation.ToWireText()}.");
            }
        }

        return merged;
    }
}
