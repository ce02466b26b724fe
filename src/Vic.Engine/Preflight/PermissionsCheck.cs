using Vic.Engine.Deployment;
using Vic.Engine.Permissions;
using Vic.Engine.Requests;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Preflight;

/// <summary>Whether the endpoint's account can be granted what it needs.</summary>
internal static class PermissionsCheck
{
    /// <summary>Why a single host grants nothing.</summary>
    public const string NotOnHosts =
        "Permissions are granted on vCenter only. On a single host, give the account of -OperationsCredential a role with the privileges of "
        + "docs/privileges.md on the host, and leave -GrantPermission out.";

    private const string Option = "GrantPermission";
    private const string AccountOption = "OperationsCredential";

    public static async Task CheckAsync(VimClient client, VchRequest request, VchPlan? plan, CheckList checks, CancellationToken cancellationToken)
    {
        if (!request.GrantPermission)
        {
            return;
        }

        checks.Begin("Permissions");
        if (!client.IsVirtualCenter)
        {
            checks.Fail(Option, NotOnHosts);
        }
        else if (!request.HasOperationsAccount)
        {
            checks.Fail(Option, "It says what the account of -OperationsCredential may do; pass that as well.");
        }
        else if (request.Credential is { } credential)
        {
            await CheckAsync(client, credential.UserName, plan, checks, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task CheckAsync(VimClient client, string account, VchPlan? plan, CheckList checks, CancellationToken cancellationToken)
    {
        try
        {
            var permissions = await AccountPermissions.ReadAsync(client, account, cancellationToken).ConfigureAwait(false);
            if (await permissions.IsAdministratorAsync(cancellationToken).ConfigureAwait(false))
            {
                checks.Warn(
                    $"'{account}' is an administrator already; nothing is granted.", "Pass an account that may do no more than it must with -OperationsCredential.");
                return;
            }

            var grants = plan is null ? [] : GrantScope.Of(client, plan).Grants();
            foreach (var obstacle in grants.Select(permissions.Obstacle).OfType<string>())
            {
                checks.Fail(AccountOption, obstacle);
            }

            checks.Pass($"'{account}' can be granted what it needs: {string.Join(", ", grants)}.");
        }
        catch (VimFaultException exception) when (exception.Fault is UserNotFound)
        {
            checks.Fail(AccountOption, $"vCenter knows no user '{account}'.");
        }
    }
}
