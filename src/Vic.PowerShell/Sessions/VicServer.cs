using System.Management.Automation;
using Vic.Vim25;

namespace Vic.PowerShell.Sessions;

/// <summary>A session on a vCenter or ESXi server.</summary>
public sealed class VicServer
{
    internal VicServer(VimClient client, PSCredential? credential, string? user, string? thumbprint, bool ownsSession)
    {
        Client = client;
        Credential = credential;
        User = user ?? credential?.UserName ?? "";
        Thumbprint = thumbprint;
        OwnsSession = ownsSession;
        IsConnected = true;
    }

    /// <summary>The server's name or address.</summary>
    public string Name => Client.Server.Host;

    /// <summary>The port of the vSphere API.</summary>
    public int Port => Client.Server.Port;

    /// <summary>Who is logged in.</summary>
    public string User { get; }

    /// <summary>The product and its version.</summary>
    public string Product => Client.Content.About.FullName;

    /// <summary>The thumbprint that the server's certificate must have; null when an authority vouches for it.</summary>
    public string? Thumbprint { get; }

    /// <summary>False after <c>Disconnect-VICServer</c>.</summary>
    public bool IsConnected { get; private set; }

    internal VimClient Client { get; }

    internal PSCredential? Credential { get; }

    /// <summary>False for a session that another tool has made: it is not ours to end.</summary>
    internal bool OwnsSession { get; }

    /// <inheritdoc/>
    public override string ToString() => Port == 443 ? Name : $"{Name}:{Port}";

    internal async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (!IsConnected)
        {
            return;
        }

        IsConnected = false;
        try
        {
            if (OwnsSession)
            {
                await Client.LogoutAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (VimException)
        {
            // A session that the server has ended, or that cannot be reached, needs no log-out.
        }
        finally
        {
            Client.Dispose();
        }
    }

    /// <summary>True when a user's text means this server: its name, or name and port.</summary>
    internal bool IsNamed(string text) =>
        string.Equals(text, Name, StringComparison.OrdinalIgnoreCase) || string.Equals(text, $"{Name}:{Port}", StringComparison.OrdinalIgnoreCase);
}
