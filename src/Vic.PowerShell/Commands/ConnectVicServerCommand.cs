using System.Globalization;
using System.Management.Automation;
using Vic.Engine;
using Vic.Engine.Trust;
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

    /// <summary>
    /// The SHA-1 or SHA-256 thumbprint that the server's certificate must have. Without it the certificate must be one that an authority vouches for, or that was
    /// accepted before.
    /// </summary>
    [Parameter]
    public string? Thumbprint { get; set; }

    /// <summary>
    /// Takes the certificate that the server shows and remembers it, so that later connections need no thumbprint. With -Thumbprint it must have that one.
    /// </summary>
    [Parameter]
    public SwitchParameter AcceptThumbprint { get; set; }

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
                var trust = new ServerTrust(KnownServers.OfUser());
                var (client, pin) = await ConnectAsync(trust, address, cancellationToken).ConfigureAwait(false);
                try
                {
                    var login = Credential.GetNetworkCredential();
                    await client.LoginAsync(Credential.UserName, login.Password, cancellationToken).ConfigureAwait(false);
                    await RememberAsync(trust, client, pin, progress, cancellationToken).ConfigureAwait(false);
                    return new VicServer(client, Credential, user: null, pin, ownsSession: true);
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

    private async Task<(VimClient Client, string? Pin)> ConnectAsync(ServerTrust trust, Uri address, CancellationToken cancellationToken)
    {
        return Thumbprint is null
            ? await trust.ConnectAsync(ConnectAsync, AcceptThumbprint).ConfigureAwait(false)
            : (await ConnectAsync(Thumbprint).ConfigureAwait(false), Thumbprint);

        Task<VimClient> ConnectAsync(string? pin) =>
            VimClient.ConnectAsync(new VimClientOptions(address) { Thumbprint = pin, RenewSession = true }, cancellationToken);
    }

    // Only after the login: a server that refuses the password may be the wrong one.
    private async Task RememberAsync(
        ServerTrust trust, VimClient client, string? pin, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        if (AcceptThumbprint && pin is not null && client.ServerThumbprint is { } shown
            && await trust.AcceptAsync(client.Server, shown, cancellationToken).ConfigureAwait(false) is { } before)
        {
            progress.Report(StepProgress.Warning($"{Server} is now known by the thumbprint {shown}; before it was {before}."));
        }
    }

    private static bool IsThumbprint(string text)
    {
        var digits = text.Where(character => character is not (':' or ' ' or '-')).ToList();
        return digits.Count is 40 or 64 && digits.All(Uri.IsHexDigit);
    }
}
