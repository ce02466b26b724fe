using Vic.Engine.Requests;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Preflight;

/// <summary>Whether the endpoint's account can log in.</summary>
internal static class OperationsAccountCheck
{
    private const string Option = "OperationsCredential";

    /// <returns>The account; null, and a problem, when there is none, or another than a configuration asks for.</returns>
    public static EndpointCredential? CheckIsKnown(VchRequest request, CheckList checks)
    {
        checks.Begin("Account");
        if (request.Credential is not { } credential)
        {
            checks.Fail(
                Option,
                "The endpoint needs an account of its own to work with vSphere, because this session was made by another tool and has no password.");
            return null;
        }

        if (request.OpsUserName is { } wanted && !string.Equals(wanted, credential.UserName, StringComparison.OrdinalIgnoreCase))
        {
            checks.Fail(Option, $"The configuration's VCH works with the account '{wanted}', whose password no configuration holds. Pass it with -OperationsCredential.");
            return null;
        }

        return credential;
    }

    public static async Task CheckAsync(VimClient client, VchRequest request, CheckList checks, CancellationToken cancellationToken)
    {
        if (CheckIsKnown(request, checks) is not { } credential)
        {
            return;
        }

        if (!request.HasOperationsAccount)
        {
            checks.Warn(
                $"The endpoint will work with the account that creates it, '{credential.UserName}'.",
                "Pass an account that may do no more than it must with -OperationsCredential.");
            return;
        }

        await CheckLoginAsync(client, credential, request.TargetThumbprint, request.GrantPermission, checks, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Logs in with the account, and out again.</summary>
    public static async Task CheckLoginAsync(
        VimClient client, EndpointCredential credential, string? thumbprint, bool isGranted, CheckList checks, CancellationToken cancellationToken)
    {
        try
        {
            using var other = await VimClient.ConnectAsync(
                new VimClientOptions(client.Server) { Thumbprint = thumbprint }, cancellationToken).ConfigureAwait(false);
            await other.LoginAsync(credential.UserName, credential.Password, cancellationToken).ConfigureAwait(false);
            await other.LogoutAsync(cancellationToken).ConfigureAwait(false);
            checks.Pass($"'{credential.UserName}' can log in.");
        }
        catch (VimFaultException exception) when (exception.Fault is InvalidLogin)
        {
            checks.Fail(Option, $"'{credential.UserName}' cannot log in: the name or the password is wrong.");
        }
        catch (VimFaultException exception) when (exception.Fault is NoPermission)
        {
            // vCenter looks at permissions after the password; whoever has none at all is not let in.
            if (!isGranted)
            {
                checks.Fail(Option, $"'{credential.UserName}' has no permission on this server. Pass -GrantPermission, or grant what docs/privileges.md names.");
            }

            checks.Pass($"'{credential.UserName}' can log in once it has permissions.");
        }
    }
}
