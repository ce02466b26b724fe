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
