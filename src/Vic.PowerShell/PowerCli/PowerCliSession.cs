using System.Management.Automation;
using Vic.Engine;
using Vic.Engine.Trust;
using Vic.PowerShell.Sessions;
using Vic.Vim25;

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

    /// <summary>The servers in PowerCLI's <c>DefaultVIServers</c> and <c>DefaultVIServer</c>, as those variables hold them.</summary>
    public static IReadOnlyList<PowerCliSession> Defaults(object? defaultServers, object? defaultServer)
    {
        var many = Enumerate(defaultServers);
        return (many.Count > 0 ? many : Enumerate(defaultServer)).Select(TryRead).OfType<PowerCliSession>().ToList();
    }

    /// <summary>Joins the session.</summary>
    /// <param name="untrusted">What the user has told PowerCLI about certificates that nobody vouches for.</param>
    /// <param name="progress">Takes the warning that the user has asked PowerCLI for.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<VicServer> JoinAsync(InvalidCertificateAction untrusted, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var acceptsAny = untrusted is InvalidCertificateAction.Ignore or InvalidCertificateAction.Warn;
        var (client, thumbprint) = await new ServerTrust(KnownServers.OfUser()).ConnectAsync(ConnectAsync, acceptsAny).ConfigureAwait(false);
        if (thumbprint is not null && untrusted == InvalidCertificateAction.Warn)
        {
            progress.Report(StepProgress.Warning($"The certificate of {Address.Host} is not trusted. It is taken because PowerCLI's InvalidCertificateAction is Warn."));
        }

        return new VicServer(client, credential: null, User, thumbprint, ownsSession: false);

        Task<VimClient> ConnectAsync(string? pin) => VimClient.ConnectAsync(new VimClientOptions(Address) { Thumbprint = pin }, Secret, cancellationToken);
    }

    /// <summary>Without the secret: this is what error messages and debuggers show.</summary>
    public override string ToString() => Address.IsDefaultPort ? Address.Host : $"{Address.Host}:{Address.Port}";

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
