using System.Globalization;
using System.Management.Automation;
using Vic.Engine;
using Vic.PowerShell.Pipeline;
using Vic.PowerShell.Sessions;
using Vic.Vim25;

namespace Vic.PowerShell.Commands;

/// <summary>Opens a session on a vCenter or ESXi server; the cmdlets of the module use it until another one is opened.</summary>
[Cmdlet(VerbsCommunications.Connect, "VICServer")]
[OutputType(typeof(VicServer))]
public sealed class ConnectVicServerCommand : VicCmdlet
{
    /// <summary>The server's name or address.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Server { get; set; } = "";

    /// <summary>The port of the vSphere API.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int Port { get; set; } = 443;

    /// <summary>The account to log in with.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    [Credential]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>The SHA-1 or SHA-256 thumbprint of the server's certificate, when no authority vouches for it.</summary>
    [Parameter]
    public string? Thumbprint { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Thumbprint is not null && !IsThumbprint(Thumbprint))
        {
            ThrowTerminatingError(ErrorRecords.From(
                new VicException(
                    "InvalidThumbprint",
                    VicErrorKind.InvalidInput,
                    $"'{Thumbprint}' is no thumbprint: it has 40 (SHA-1) or 64 (SHA-256) hexadecimal digits, with or without colons."),
                Thumbprint));
        }

        var host = Server.IndexOf(':') >= 0 && Server[0] != '[' ? $"[{Server}]" : Server;
        var address = new UriBuilder(Uri.UriSchemeHttps, host, Port, "/sdk").Uri;
        var server = Run(
            async (progress, cancellationToken) =>
            {
                progress.Report(new(string.Format(CultureInfo.InvariantCulture, "Connecting to {0}", Server)));
                var client = await VimClient.ConnectAsync(new VimClientOptions(address) { Thumbprint = Thumbprint, RenewSession = true }, cancellationToken).ConfigureAwait(false);
                try
                {
                    var login = Credential.GetNetworkCredential();
                    await client.LoginAsync(Credential.UserName, login.Password, cancellationToken).ConfigureAwait(false);
                    return new VicServer(client, Credential, user: null, Thumbprint, ownsSession: true);
                }
                catch
                {
                    client.Dispose();
                    throw;
                }
            },
            Server);
        RunspaceState.Current.Servers.Add(server);
        WriteObject(server);
    }

    private static bool IsThumbprint(string text)
    {
        var digits = text.Where(character => character is not (':' or ' ' or '-')).ToList();
        return digits.Count is 40 or 64 && digits.All(Uri.IsHexDigit);
    }
}
