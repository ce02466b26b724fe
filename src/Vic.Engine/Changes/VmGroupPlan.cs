using Vic.Configuration;
using Vic.Engine.Inventory;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>Plans whether a VCH's machines are in a DRS group.</summary>
internal static class VmGroupPlan
{
    private const string Option = "UseVMGroup";
    private const string JoinPrivilege = "Host.Inventory.EditCluster";

    /// <summary>Puts what is asked for into the configuration, and notes what differs.</summary>
    /// <param name="client">The session.</param>
    /// <param name="vch">The VCH.</param>
    /// <param name="isWanted">Whether there is to be a group; null when that stays.</param>
    /// <param name="isGranted">Whether the VCH's account is granted what it needs with this change.</param>
    /// <param name="configuration">Takes what is asked for.</param>
    /// <param name="settings">Takes what differs.</param>
    /// <param name="checks">Takes the problems.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task PlanAsync(
        VimClient client,
        PresentVch vch,
        bool? isWanted,
        bool isGranted,
        VirtualContainerHostConfiguration configuration,
        SettingList settings,
        CheckList checks,
        CancellationToken cancellationToken)
    {
        var containers = configuration.Containers;
        if (isWanted is not { } wanted || wanted == containers.UseVmGroup)
        {
            return;
        }

        settings.Add(Option, Text(containers.UseVmGroup), Text(wanted));
        if (vch.Compute is not { } compute)
        {
            checks.Fail(Option, $"The cluster of '{vch.Name}' cannot be seen with this account.");
        }
        else if (wanted)
        {
            VmGroupRules.CheckNew(compute, vch.Name, checks);
            if (!isGranted)
            {
                await CheckJoinAsync(client, compute, configuration.Connection.UserName, checks, cancellationToken).ConfigureAwait(false);
            }
        }
        else
        {
            VmGroupRules.CheckUnused(compute, containers.VmGroupName, checks);
        }

        containers.UseVmGroup = wanted;
        containers.VmGroupName = wanted ? vch.Name : "";
    }

    // The endpoint itself lets each new container join; without this privilege none could be created any more.
    private static async Task CheckJoinAsync(
        VimClient client, InventoryEntity cluster, string account, CheckList checks, CancellationToken cancellationToken)
    {
        if (cluster.Reference.Type != "ClusterComputeResource")
        {
            return;
        }

        try
        {
            var manager = new AuthorizationManager(client, client.Content.AuthorizationManager!.Value);
            var results = await manager.FetchUserPrivilegeOnEntitiesAsync([cluster.Reference], account, cancellationToken).ConfigureAwait(false);
            if (results?.Any(result => result.Privileges?.Contains(JoinPrivilege) == true) != true)
            {
                checks.Fail(
                    Option, $"The VCH's account '{account}' lacks {JoinPrivilege} on '{cluster}', so no container could join the group. Pass -GrantPermission, or another -OperationsCredential.");
            }
        }
        catch (VimFaultException exception) when (exception.Fault is UserNotFound)
        {
            checks.Fail(Option, $"vCenter knows no user '{account}', by which '{cluster}' would be asked to let containers join the group. Pass another -OperationsCredential.");
        }
    }

    private static string Text(bool flag) => flag ? "true" : "false";
}
