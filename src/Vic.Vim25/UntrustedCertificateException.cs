namespace Vic.Vim25;

/// <summary>The server's certificate is not trusted, or is not the one that was pinned.</summary>
public sealed class UntrustedCertificateException : VimException
{
    internal UntrustedCertificateException(string host, int port, string thumbprint, string thumbprintSha256, string subject, string? expected)
        : base(Describe(host, port, expected?.Length == thumbprintSha256.Length ? thumbprintSha256 : thumbprint, subject, expected))
    {
        Host = host;
        Port = port;
        Thumbprint = thumbprint;
        ThumbprintSha256 = thumbprintSha256;
        Subject = subject;
        ExpectedThumbprint = expected;
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

    /// <summary>The fingerprint that was pinned, SHA-1 or SHA-256, with colons; null when none was.</summary>
    public string? ExpectedThumbprint { get; }

    private static string Describe(string host, int port, string thumbprint, string subject, string? expected) => expected is null
        ? $"{host}:{port} presented a certificate that is not trusted ({subject}). If it is the right server, pass its thumbprint: {thumbprint}"
        : $"{host}:{port} presented another certificate than the expected one ({subject}). Expected was the thumbprint {expected}, shown was {thumbprint}";
}
