using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Vic.PowerShell.Tests.Scripts.Examples;
using Vic.Testing.Files;

namespace Vic.PowerShell.Tests.Pester;

/// <summary>Runs of the compliance suite: over a VCH that keeps every rule and one that breaks each, for a name that is not there, and for a pattern that fits none.</summary>
public sealed class ComplianceSuiteRun : IAsyncLifetime
{
    private const string Loose =
        "-NoTlsVerify -DebugLevel 2 -VolumeStore @{ default = 'datastore2/loose' } -ContainerNetwork @{ Network = 'VM Network'; Alias = 'wide'; Firewall = 'Open' } -Force";

    private readonly ExampleLab _lab = new();
    private readonly TemporaryFolder _folder = new();
    private string _output = "";

    /// <summary>What the runner has printed.</summary>
    public IReadOnlyList<string> Lines => _output.Split('\n', StringSplitOptions.TrimEntries);

    public async ValueTask InitializeAsync()
    {
        await _lab.InitializeAsync();
        WriteExpiringCertificate();
        await _lab.RunConnectedAsync(
            $$"""
            $null = New-VCH -Name strict {{ExampleLab.SmallVch}} -CpuLimitMhz 3000 -MemLimitGB 4 -VolumeStore @{ default = 'datastore1/strict' } -CertificatePath '{{_folder["strict"]}}'
            $null = New-VCH -Name loose {{ExampleLab.SmallVch}} {{Loose}} -TlsServerCertificate '{{_folder["server.pem"]}}' -TlsServerKey '{{_folder["key.pem"]}}' -CertificatePath '{{_folder["loose"]}}'
            """);
        await _lab.AgeAsync("loose");
        _output = await _lab.RunConnectedAsync(
            $$"""
            $data = @{ Name = 'strict', 'loose'; AllowedDatastore = 'datastore1'; CertificateRoot = '{{_folder.Path}}' }
            & '{{PesterSuite.Runner}}' -Suite '{{Repository.PathOf(PesterSuite.Compliance)}}' -Data $data
            $ErrorActionPreference = 'Continue'
            & '{{PesterSuite.Runner}}' -Suite '{{Repository.PathOf(PesterSuite.Compliance)}}' -Data @{ Name = 'none*' } 3>&1 | ForEach-Object { "no VCH: $_" }
            try { & '{{PesterSuite.Runner}}' -Suite '{{Repository.PathOf(PesterSuite.Compliance)}}' -Data @{ Name = 'strict', 'lost' } }
            catch { "refused: $_" }
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await _lab.DisposeAsync();
        _folder.Dispose();
    }

    /// <inheritdoc/>
    public override string ToString() => _output;

    private void WriteExpiringCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(10));
        File.WriteAllText(_folder["server.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(_folder["key.pem"], key.ExportPkcs8PrivateKeyPem());
    }
}
