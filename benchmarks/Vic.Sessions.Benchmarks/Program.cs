using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Vic.Guest.Sessions.Cryptography;

// Seals and opens records of 16 KB on one core, and moves the same amount through SslStream with TLS 1.3 over the loopback: the run's own
// machine is the scale, so compare figures of one run only.
const int record = 16 * 1024;
const int records = 8 * 1024;
var megabytes = (double)record * records / (1 << 20);

for (var round = 0; round < 3; round++)
{
    Console.WriteLine($"noise records, seal + open on one core: {megabytes / Records():F0} MB/s");
    Console.WriteLine($"handshake operations (X25519): {Handshakes():F0}/s");
    Console.WriteLine($"SslStream TLS 1.3 over loopback: {megabytes / await TlsAsync():F0} MB/s");
}

static double Records()
{
    var cipher = new Vic.Guest.Sessions.Cryptography.ChaCha20Poly1305(new byte[32]);
    var buffer = new byte[record + Vic.Guest.Sessions.Cryptography.ChaCha20Poly1305.TagLength];
    var clock = Stopwatch.StartNew();
    for (ulong i = 0; i < records; i++)
    {
        cipher.Seal(i, [], buffer, 0, record);
        if (!cipher.TryOpen(i, [], buffer, 0, buffer.Length))
            throw new InvalidOperationException("A record did not open.");
    }

    return clock.Elapsed.TotalSeconds;
}

static double Handshakes()
{
    var key = RandomNumberGenerator.GetBytes(32);
    var clock = Stopwatch.StartNew();
    const int count = 500;
    for (var i = 0; i < count; i++)
        key = X25519.PublicKey(key);
    return count / clock.Elapsed.TotalSeconds;
}

static async Task<double> TlsAsync()
{
    using var rsa = RSA.Create(2048);
    using var certificate = new CertificateRequest("CN=benchmark", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    using var client = new TcpClient();
    await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
    using var server = await listener.AcceptTcpClientAsync();
    await using var sending = new SslStream(client.GetStream(), false, (_, peer, _, _) => peer?.GetCertHashString() == certificate.GetCertHashString());
    await using var receiving = new SslStream(server.GetStream());
    await Task.WhenAll(
        sending.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "benchmark", EnabledSslProtocols = SslProtocols.Tls13 }),
        receiving.AuthenticateAsServerAsync(certificate, false, SslProtocols.Tls13, false));
    var clock = Stopwatch.StartNew();
    var reading = ReadAsync(receiving);
    var buffer = new byte[record];
    for (var i = 0; i < records; i++)
        await sending.WriteAsync(buffer);
    await reading;
    return clock.Elapsed.TotalSeconds;
}

static async Task ReadAsync(Stream stream)
{
    var buffer = new byte[record];
    for (long left = (long)record * records; left > 0;)
        left -= await stream.ReadAsync(buffer);
}
