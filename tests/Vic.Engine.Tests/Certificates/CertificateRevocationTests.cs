using System.Diagnostics;
using System.Text;
using Vic.Configuration;
using Vic.Engine.Certificates;
using Vic.Engine.Inspection;
using Vic.Engine.Requests;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Inventory;
using Vic.Testing.Files;
using Vic.Vim25;

namespace Vic.Engine.Tests.Certificates;

/// <summary>Revoke-VCHCertificate writes a list that the VCH's authority has signed where a running endpoint reads it.</summary>
public sealed class CertificateRevocationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(KeyAlgorithm.Rsa, 2048)]
    [InlineData(KeyAlgorithm.Ecdsa, 384)]
    public async Task A_list_is_signed_by_the_authority_and_keeps_those_revoked_before(KeyAlgorithm algorithm, int size)
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        using var client = await lab.ConnectAsync();
        var vch = await DeployAsync(lab, client, new KeyRecipe(algorithm, size));
        var folder = new CertificateFolder(lab.CertificatePath);
        var first = CertificateRevocation.SerialNumberOf(vch, folder.Read()!.Client!);

        await RevokeAsync(client, vch, folder, first);
        await RevokeAsync(client, vch, folder, "0A:0B:0C");
        await RevokeAsync(client, vch, folder, first);

        var listed = Assert.Single(await lab.ListAsync());
        Assert.Equal(new[] { first, "0A0B0C" }.Order(StringComparer.Ordinal), listed.RevokedCertificates().Select(entry => entry.SerialNumber));
        using var files = new TemporaryFolder();
        await File.WriteAllBytesAsync(files["list.pem"], listed.Configuration.Certificates.RevocationLists, Token);
        var text = await OpenSslAsync($"crl -in {files["list.pem"]} -CAfile {lab.CertificatePath}/ca.pem -noout -text -crlnumber");
        Assert.Contains("verify OK", text, StringComparison.Ordinal);
        Assert.Contains($"Serial Number: {first}", text, StringComparison.Ordinal);
        Assert.Contains("crlNumber=0x03", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_list_is_kept_where_a_running_machine_takes_it_and_a_restart_leaves_it()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        var vch = await DeployAsync(lab, client, new KeyRecipe(KeyAlgorithm.Ecdsa, 256));
        await RevokeAsync(client, vch, new CertificateFolder(lab.CertificatePath), "0102");
        var machine = new VirtualMachine(client, vch.Reference);

        await client.WaitForTaskAsync(await machine.PowerOffVMTaskAsync(Token), cancellationToken: Token);
        await client.WaitForTaskAsync(await machine.PowerOnVMTaskAsync(cancellationToken: Token), cancellationToken: Token);

        var options = await client.GetPropertyAsync<List<OptionValue>>(vch.Reference, "config.extraConfig", Token);
        var value = Assert.IsType<string>(Assert.Single(options!, option => option.Key == GuestInfoNames.RevocationLists).Value);
        Assert.StartsWith("-----BEGIN X509 CRL-----", Encoding.UTF8.GetString(Convert.FromBase64String(value)), StringComparison.Ordinal);
        Assert.DoesNotContain("guestinfo.", GuestInfoNames.RevocationLists, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_at_once_one_wins_and_the_other_is_told()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        using var client = await lab.ConnectAsync();
        var vch = await DeployAsync(lab, client, new KeyRecipe(KeyAlgorithm.Ecdsa, 256));
        using var second = await lab.ConnectAsync();
        var folder = new CertificateFolder(lab.CertificatePath);
        await RevokeAsync(client, vch, folder, "01");

        // The other one comes in between this one's reading and writing.
        lab.Faults.Do(1, () => RevokeAsync(second, vch, folder, "02").GetAwaiter().GetResult(), "ReconfigVM_Task");
        var error = await Assert.ThrowsAsync<VicException>(() => RevokeAsync(client, vch, folder, "03"));

        Assert.Equal("ChangedMeanwhile", error.ErrorId);
        Assert.Equal(["01", "02"], Assert.Single(await lab.ListAsync()).RevokedCertificates().Select(entry => entry.SerialNumber));
    }

    [Fact]
    public async Task What_cannot_be_revoked_is_refused_with_the_reason()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        using var client = await lab.ConnectAsync();
        var vch = await DeployAsync(lab, client, new KeyRecipe(KeyAlgorithm.Ecdsa, 256));
        var stranger = CertificateSet.Create(new CertificateIssuer(new KeyRecipe(KeyAlgorithm.Ecdsa, 256), ["stranger"], DateTimeOffset.UtcNow), TlsMode.Mutual, [SubjectName.TryParse("a.example")!.Value]);
        using var elsewhere = new TemporaryFolder();
        File.Move(Path.Combine(lab.CertificatePath, "ca-key.pem"), elsewhere["ca-key.pem"]);

        Assert.Equal("NotOfThisVch", Assert.Throws<VicException>(() => CertificateRevocation.SerialNumberOf(vch, stranger.Client!)).ErrorId);
        Assert.Equal("CertificateDamaged", Assert.Throws<VicException>(() => CertificateRevocation.SerialNumberOf(vch, "nothing")).ErrorId);
        Assert.Equal("InvalidSerialNumber", (await FailAsync("xyz", lab.CertificatePath)).ErrorId);
        Assert.Equal("NoAuthorityKey", (await FailAsync("01", lab.CertificatePath)).ErrorId);
        Assert.Equal("NoCertificates", (await FailAsync("01", elsewhere.Path)).ErrorId);
        Assert.Empty(Assert.Single(await lab.ListAsync()).RevokedCertificates());

        Task<VicException> FailAsync(string serialNumber, string folder) =>
            Assert.ThrowsAsync<VicException>(() => RevokeAsync(client, vch, new CertificateFolder(folder), serialNumber));
    }

    private static async Task<VchInfo> DeployAsync(EngineLab lab, VimClient client, KeyRecipe keys)
    {
        var request = lab.Request() with
        {
            Tls = new TlsRequest { CertificatePath = lab.CertificatePath, CommonName = "127.0.0.1", Keys = keys },
            SkipReadiness = true,
        };
        return (await EngineLab.DeployAsync(client, request, Token)).Vch;
    }

    private static Task<IReadOnlyList<RevokedCertificate>> RevokeAsync(VimClient client, VchInfo vch, CertificateFolder folder, string serialNumber) =>
        new CertificateRevocation(client).RunAsync(vch, folder, [serialNumber], Quiet.Instance, Token);

    private static async Task<string> OpenSslAsync(string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(Token);
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return output + await error;
    }
}
