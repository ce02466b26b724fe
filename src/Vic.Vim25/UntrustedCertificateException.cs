namespace Vic.Vim25;

/// <summary>The server's certificate is not trusted, or is not the one that was pinned.</summary>
public sealed class UntrustedCertificateException : VimException
{
    internal UntrustedCertificateException(string host, int port, string thumbprint, string thumbprintSha256, string subject, bool wasPinned)
        : base($"{host}:{port} presented {(wasPinned ? "another certificate than the expected one" : "a certificate that is not trusted")} ({subject}). "
            + $"If it is the right server, pass its thumbprint: {thumbprint}")
    {
        Host = host;
        Port = port;
        Thumbprint = thumbprint;
        ThumbprintSha256 = thumbprintSha256;
        Subject = subject;
    }

    /// <summary>The server's name or address.</summary>
    public string Host { get; }

    /// <summary>The server's port.</summary>
    public int Port { get; }

    /// <summary>The SHA-1 fingerprint of the certificate that was presented, with colons.</summary>
    public string Thumbprint { get; }

    /// <summary>The SHA-256 fingerprint, with colons.</summary>
    public string ThumbprintSha256 { get; }

    /// <summary>The certificate's subject.</summary>
    public string Subject { get; }
}
