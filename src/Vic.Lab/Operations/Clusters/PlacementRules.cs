using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.Clusters;

/// <summary>The rules of a DRS cluster about where virtual machines run. Under the store's lock.</summary>
internal sealed class PlacementRules(LabWorld world, ClusterEntity cluster)
{
    /// <summary>The best host for a machine: available, against no rule that must be kept, and against as few others as possible.</summary>
    /// <exception cref="VimFaultException">No host is available, or each is against a rule.</exception>
    public HostEntity Choose(VirtualMachineEntity machine)
    {
        var available = cluster.Hosts.Select(world.Get<HostEntity>).Where(host => host.IsAvailable).ToList();
        if (available.Count == 0)
        {
            throw Faults.New(new NoActiveHostInCluster { ComputeResource = cluster.Reference }, $"'{cluster.Name}' has no active host.");
        }

        // Who can stay where it is stays.
        return available
            .Where(host => !Violations(machine, host).Any(IsMandatory))
            .OrderBy(host => Violations(machine, host).Count())
            .ThenBy(host => host.Reference == machine.Host ? 0 : 1)
            .ThenBy(host => host.References("vm").Count)
            .FirstOrDefault() ?? throw NoCompatibleHost(machine, available);
    }

    /// <exception cref="VimFaultException">A machine on this host is against a rule that must be kept.</exception>
    public void Check(VirtualMachineEntity machine, HostEntity host)
    {
        if (Violations(machine, host).FirstOrDefault(IsMandatory) is { } rule)
        {
            throw Violation(machine, host, rule);
        }
    }

    private IEnumerable<ClusterRuleInfo> Violations(VirtualMachineEntity machine, HostEntity host)
        => (cluster.Configuration.Rule ?? []).Where(rule => rule.Enabled == true && IsViolated(rule, machine, host));

    private bool IsViolated(ClusterRuleInfo rule, VirtualMachineEntity machine, HostEntity host) => rule switch
    {
        ClusterVmHostRuleInfo hosts => Group<ClusterVmGroup>(hosts.VmGroupName)?.Vm?.Contains(machine.Reference) == true
            && (Group<ClusterHostGroup>(hosts.AffineHostGroupName)?.Host?.Contains(host.Reference) == false
                || Group<ClusterHostGroup>(hosts.AntiAffineHostGroupName)?.Host?.Contains(host.Reference) == true),
        ClusterAffinityRuleSpec together => Running(together.Vm, machine).Any(other => other.Host != host.Reference),
        ClusterAntiAffinityRuleSpec apart => Running(apart.Vm, machine).Any(other => other.Host == host.Reference),
        _ => false,
    };

    /// <summary>The other machines of a rule that run; none when the machine itself is not of the rule.</summary>
    private IEnumerable<VirtualMachineEntity> Running(List<ManagedObjectReference> machines, VirtualMachineEntity machine)
        => machines.Contains(machine.Reference)
            ? machines.Where(reference => reference != machine.Reference)
                .Select(world.Store.Find<VirtualMachineEntity>)
                .OfType<VirtualMachineEntity>()
                .Where(other => other.Reservation is not null)
            : [];

    private T? Group<T>(string? name)
        where T : ClusterGroupInfo
        => name is null ? null : (cluster.Configuration.Group ?? []).OfType<T>().FirstOrDefault(group => group.Name == name);

    /// <summary>Machines that must be apart, and hosts that must be used: the others are wishes.</summary>
    private static bool IsMandatory(ClusterRuleInfo rule) => rule is ClusterAntiAffinityRuleSpec || rule.Mandatory == true;

    private VimFaultException NoCompatibleHost(VirtualMachineEntity machine, List<HostEntity> hosts) => Faults.New(
        new NoCompatibleHost
        {
            Host = hosts.ConvertAll(host => host.Reference),
            Error = hosts.ConvertAll(host =>
            {
                var violation = Violation(machine, host, Violations(machine, host).First(IsMandatory));
                return new LocalizedMethodFault { Fault = violation.Fault, LocalizedMessage = violation.FaultText };
            }),
        },
        $"No host is compatible with the virtual machine '{machine.Name}'.");

    private static VimFaultException Violation(VirtualMachineEntity machine, HostEntity host, ClusterRuleInfo rule) => Faults.New(
        new RuleViolation { Host = host.Reference, Rule = rule },
        $"The virtual machine '{machine.Name}' on the host '{host.Name}' would be against the rule '{rule.Name}'.");
}
