using System.Security.Cryptography.X509Certificates;

namespace Vic.Vim25;

/// <summary>Where a server is and how it is trusted.</summary>
public sealed class VimClientOptions
{
    /// <summary>Options for a server.</summary>
    /// <param name="server">The server's SDK address, for example <c>https://vcenter.example.com/sdk</c>. A path of <c>/</c> becomes <c>/sdk</c>.</param>
    public VimClientOptions(Uri server)
    {
        Server = server.AbsolutePath is "/" ? new Uri(server, "/sdk") : server;
        AcceptCompression = !server.IsLoopback;
    }

    /// <summary>The SDK address.</summary>
    public Uri Server { get; }

    /// <summary>
    /// The fingerprint that the server's certificate must have: SHA-1 or SHA-256 in hexadecimal, with or without colons. When it is set,
    /// nothing else about the certificate counts; when it is not, the certificate must be valid for the name and signed by a trusted authority.
    /// </summary>
    public string? Thumbprint { get; init; }

    /// <summary>Authorities to trust besides those of the system.</summary>
    public X509Certificate2Collection? CertificateAuthorities { get; init; }

    /// <summary>How long a call may take before the connection counts as lost. The default is five minutes.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a session that this client opened may be without a call before the client makes one, so that the server does not end it; zero
    /// for never. The default is five minutes; servers end sessions after half an hour or later.
    /// </summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Opens a new session when the server has ended the one that was opened with a password, and makes the call again that found it
    /// ended. The password stays in memory for it. The default is not to.
    /// </summary>
    public bool RenewSession { get; init; }

    /// <summary>How many connections the session may have at once; a call that finds all of them busy waits. The default is 16.</summary>
    public int MaxConnections { get; init; } = 16;

    /// <summary>
    /// May the server pack its answers with gzip? The default is yes, but for a server on this computer, where packing costs more than it saves.
    /// </summary>
    public bool AcceptCompression { get; init; }

    /// <summary>How much a response may hold.</summary>
    public VimXmlLimits ResponseLimits { get; init; } = VimXmlLimits.Response;

    /// <summary>The name that the server shows in its session list.</summary>
    public string UserAgent { get; init; } = "VIC-for-PowerShell";
}
