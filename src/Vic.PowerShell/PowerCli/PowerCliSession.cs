using System.Management.Automation;
using Vic.Vim25;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.PowerCli;

/// <summary>A session that <c>Connect-VIServer</c> has made, known by the shape of its object; joined by its cookie, never ended.</summary>
internal sealed record PowerCliSession(Uri Address, string Secret, string? User)
{
    /// <summary>Reads an object of PowerCLI; null when it is none, or not connected.</summary>
    public static PowerCliSession? TryRead(object? server) =>
        Shape.ReadText(server, "ServiceUri") is { } address && Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && Shape.ReadText(server, "SessionSecret") is { } secret && Shape.Read(server, "IsConnected") is not false
            ? new PowerCliSession(uri, secret, Shape.ReadText(server, "User"))
            : null;

    /// <summary>The default servers of PowerCLI in this runspace.</summary>
    public static IReadOnlyList<PowerCliSession> Defaults(PSVariableIntrinsics variables)
    {
        var many = Enumerate(variables.GetValue("global:DefaultVIServers"));
        var servers = many.Count > 0 ? many : Enumerate(variables.GetValue("global:DefaultVIServer"));
        return servers.Select(TryRead).OfType<PowerCliSession>().ToList();
    }

    /// <summary>Joins the session.</summary>
    /// <param name="acceptAnyCertificate">What the user has told PowerCLI about certificates that nobody vouches for.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<VicServer> JoinAsync(bool acceptAnyCertificate, CancellationToken cancellationToken)
    {
        try
        {
            return await JoinAsync(thumbprint: null, cancellationToken).ConfigureAwait(false);
        }
        catch (UntrustedCertificateException exception) when (acceptAnyCertificate)
        {
            return await JoinAsync(exception.ThumbprintSha256, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<VicServer> JoinAsync(string? thumbprint, CancellationToken cancellationToken)
    {
        var client = await VimClient.ConnectAsync(new VimClientOptions(Address) { Thumbprint = thumbprint }, Secret, cancellationToken).ConfigureAwait(false);
        return new VicServer(client, credential: null, User, thumbprint, ownsSession: false);
    }

    private static List<object?> Enumerate(object? value)
    {
        var plain = value is PSObject wrapper ? wrapper.BaseObject : value;
        return plain switch
        {
            null => [],
            string => [plain],
            System.Collections.IEnumerable many => many.Cast<object?>().ToList(),
            _ => [value],
        };
    }
}
