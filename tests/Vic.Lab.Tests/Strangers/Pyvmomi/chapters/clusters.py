"""ComputeResource and ClusterComputeResource."""
from pyVmomi import vim, vmodl

from checks import contains, done, equal, expect_failed
from sentences import sentence

cluster = vim.cluster


def reconfigure(journey, **spec):
    return done(journey.compute.ReconfigureComputeResource_Task(cluster.ConfigSpecEx(**spec), True))


def group_spec(operation, group=None, name=None):
    return cluster.GroupSpec(operation=operation, info=group, removeKey=name)


def groups(journey):
    return {group.name: group for group in journey.compute.configurationEx.group}


def rules(journey):
    return {rule.name: rule for rule in journey.compute.configurationEx.rule}


def drop_group(journey, name):
    if name in groups(journey):
        reconfigure(journey, groupSpec=[group_spec("remove", name=name)])


def drop_rule(journey, name):
    if name in rules(journey):
        reconfigure(journey, rulesSpec=[cluster.RuleSpec(operation="remove", removeKey=rules(journey)[name].key)])


@sentence
def a_compute_resource_sums_up_its_hosts(journey):
    summary, hosts = journey.compute.summary, journey.compute.host
    equal((len(hosts), len(hosts)), (summary.numHosts, summary.numEffectiveHosts))
    equal(sum(host.summary.hardware.numCpuCores for host in hosts), summary.numCpuCores)


@sentence(on="vcenter")
def a_group_of_machines_is_kept(journey):
    machine = journey.create_machine("grouped")
    journey.later(drop_group, journey, "machines")
    reconfigure(journey, groupSpec=[group_spec("add", cluster.VmGroup(name="machines", vm=[machine]))])
    equal([machine], list(groups(journey)["machines"].vm))
    reconfigure(journey, groupSpec=[group_spec("edit", cluster.VmGroup(name="machines", vm=[]))])
    equal([], list(groups(journey)["machines"].vm))
    reconfigure(journey, groupSpec=[group_spec("remove", name="machines")])
    equal(None, groups(journey).get("machines"))


@sentence(on="vcenter")
def a_group_is_added_once_and_changed_only_if_it_is_there(journey):
    hosts = cluster.HostGroup(name="hosts", host=list(journey.compute.host))
    journey.later(drop_group, journey, "hosts")
    reconfigure(journey, groupSpec=[group_spec("add", hosts)])
    for wrong in (group_spec("add", hosts), group_spec("edit", cluster.HostGroup(name="none")), group_spec("remove", name="none")):
        expect_failed((vmodl.fault.InvalidArgument, vim.fault.DuplicateName, vim.fault.NotFound),
                      journey.compute.ReconfigureComputeResource_Task, cluster.ConfigSpecEx(groupSpec=[wrong]), True)


@sentence(on="vcenter")
def a_rule_keeps_machines_on_hosts(journey):
    machine = journey.create_machine("ruled")
    for name in ("machines", "hosts"):
        journey.later(drop_group, journey, name)
    journey.later(drop_rule, journey, "keep")
    reconfigure(journey, groupSpec=[
        group_spec("add", cluster.VmGroup(name="machines", vm=[machine])),
        group_spec("add", cluster.HostGroup(name="hosts", host=list(journey.compute.host)))])
    rule = cluster.VmHostRuleInfo(name="keep", enabled=True, mandatory=False, vmGroupName="machines", affineHostGroupName="hosts")
    reconfigure(journey, rulesSpec=[cluster.RuleSpec(operation="add", info=rule)])
    kept = rules(journey)["keep"]
    equal(("machines", "hosts", True), (kept.vmGroupName, kept.affineHostGroupName, kept.enabled))
    assert kept.key
    reconfigure(journey, rulesSpec=[cluster.RuleSpec(operation="remove", removeKey=kept.key)])
    equal(None, rules(journey).get("keep"))


@sentence(on="vcenter")
def a_rule_keeps_machines_apart(journey):
    machines = [journey.create_machine(name) for name in ("one", "two")]
    journey.later(drop_rule, journey, "apart")
    rule = cluster.AntiAffinityRuleSpec(name="apart", enabled=True, vm=machines)
    reconfigure(journey, rulesSpec=[cluster.RuleSpec(operation="add", info=rule)])
    equal(machines, list(rules(journey)["apart"].vm))
    expect_failed((vmodl.fault.InvalidArgument, vim.fault.DuplicateName), journey.compute.ReconfigureComputeResource_Task,
                  cluster.ConfigSpecEx(rulesSpec=[cluster.RuleSpec(operation="add", info=rule)]), True)


@sentence(on="vcenter")
def a_rule_that_is_not_there_is_not_removed(journey):
    gone = cluster.ConfigSpecEx(rulesSpec=[cluster.RuleSpec(operation="remove", removeKey=4711)])
    expect_failed((vmodl.fault.InvalidArgument, vim.fault.NotFound), journey.compute.ReconfigureComputeResource_Task, gone, True)


@sentence(on="vcenter", simulator_differs="its DRS is always on")
def drs_is_switched_off_and_on(journey):
    journey.later(lambda: reconfigure(journey, drsConfig=cluster.DrsConfigInfo(enabled=True)))
    reconfigure(journey, drsConfig=cluster.DrsConfigInfo(enabled=False))
    equal(False, journey.compute.configurationEx.drsConfig.enabled)
