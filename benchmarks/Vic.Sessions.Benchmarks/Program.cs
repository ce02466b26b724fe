using System.Diagnostics;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Vic.Guest.Sessions;
using Vic.Guest.Sessions.Cryptography;

// Seals and opens records of 16 KB on one core, and moves the same amount over the loopback: plain, through SslStream with TLS 1.3, and
// through a whole session. The run's own machine is the scale, so compare figures of one run only.
const int record = 16 * 1024;
const int records = 8 * 1024;
var megabytes = (double)record * records / (1 << 20);

for (var round = 0; round < 3; round++)
{
    Console.WriteLine($"noise records, seal + open on one core: {megabytes / Records():F0} MB/s");
    Console.WriteLine($"handshake operations (X25519): {Handshakes():F0}/s");
    Console.WriteLine($"SslStream TLS 1.3 over loopback: {megabytes / await TlsAsync():F0} MB/s");
    var floor = megabytes / await PlainAsync();
    Console.WriteLine($"plain loopback: {floor:F0} MB/s");
    await ReportSessionAsync("network", LinkProfile.Network, floor);
    await ReportSessionAsync("serial", LinkProfile.Serial, floor);
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

async Task ReportSessionAsync(string name, LinkProfile profile, double floor)
{
    var (output, input) = await new SessionThroughput((long)record * records, profile).RunAsync();
    var (outputRate, inputRate) = (megabytes / output, megabytes / input);
    Console.WriteLine(
        $"session, {name} profile: output {outputRate:F0} MB/s, input {inputRate:F0} MB/s; {outputRate / floor:P0} and {inputRate / floor:P0} of plain loopback");
}

static async Task<double> PlainAsync()
{
    var (sending, receiving) = await Loopback.ConnectAsync();
    await using (sending)
    await using (receiving)
        return await MoveAsync(sending, receiving);
}

static async Task<double> MoveAsync(Stream sending, Stream receiving)
{
    var clock = Stopwatch.StartNew();
    var reading = ReadAsync(receiving);
    var buffer = new byte[record];
    for (var i = 0; i < records; i++)
        await sending.WriteAsync(buffer);
    await reading;
    return clock.Elapsed.TotalSeconds;
}

static async Task<double> TlsAsync()
{
    using var rsa = RSA.Create(2048);
    using var certificate = new CertificateRequest("CN=benchmark", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    var (client, server) = await Loopback.ConnectAsync();
    await using var sending = new SslStream(client, false, (_, peer, _, _) => peer?.GetCertHashString() == certificate.GetCertHashString());
    await using var receiving = new SslStream(server);
    await Task.WhenAll(
        sending.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "benchmark", EnabledSslProtocols = SslProtocols.Tls13 }),
        receiving.AuthenticateAsServerAsync(certificate, false, SslProtocols.Tls13, false));
    return await MoveAsync(sending, receiving);
}

static async Task ReadAsync(Stream stream)
{
    var buffer = new byte[record];
    for (long left = (long)record * records; left > 0;)
        left -= await stream.ReadAsync(buffer);
}
