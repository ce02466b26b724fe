using Vic.Engine.Certificates;
using Vic.Engine.Deployment;
using Vic.Engine.Inspection;
using Vic.Engine.Requests;
using Vic.Engine.Tests.Labs;
using Vic.Engine.Tests.Permissions;
using Vic.Lab.Inventory;

namespace Vic.Engine.Tests.Sweeps;

/// <summary>Whatever goes wrong while permissions are granted or a certificate is revoked, and whenever: it is done whole, or not at all.</summary>
public sealed class OperationSweepTests
{
    private const string SerialNumber = "0102";

    public static TheoryData<Trouble> Troubles => [.. Enum.GetValues<Trouble>()];

    [Theory]
    [InlineData(Trouble.Fault)]
    [InlineData(Trouble.DropAfter)]
    [InlineData(Trouble.Duplicate)]
    [InlineData(Trouble.Cancel)]
    public async Task A_deployment_that_grants_leaves_no_role_and_no_permission_behind(Trouble trouble)
    {
        await using var lab = await GrantedVch.StartLabAsync();
        await CallSweep.RunAsync(
            lab,
            trouble,
            () => Task.FromResult(0),
            (client, _, cancellation) => EngineLab.DeployAsync(client, GrantedVch.Request(lab), cancellation),
            async (_, outcome) =>
            {
                Assert.Empty((outcome.Failure as DeploymentException)?.LeftBehind ?? []);
                if (outcome.Result is { } deployed)
                {
                    await RemoveAsync(lab, deployed.Vch);
                }
            });
    }

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task A_certificate_is_revoked_or_the_list_is_what_it_was(Trouble trouble)
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        await CallSweep.RunAsync(
            lab,
            trouble,
            () => DeployAsync(lab),
            async (client, vch, cancellation) =>
            {
                await new CertificateRevocation(client).RunAsync(vch, new CertificateFolder(lab.CertificatePath), [SerialNumber], Quiet.Instance, cancellation);
                return vch;
            },
            async (vch, outcome) =>
            {
                var revoked = Assert.Single(await lab.ListAsync()).RevokedCertificates().Select(entry => entry.SerialNumber).ToList();
                Assert.True(revoked is [] or [SerialNumber], string.Join(", ", revoked));
                Assert.True(outcome.Result is null || revoked.Count == 1, "A certificate that is said to be revoked is let in.");
                await RemoveAsync(lab, vch);
            });
    }

    private static async Task<VchInfo> DeployAsync(EngineLab lab)
    {
        using var client = await lab.ConnectAsync();
        var request = lab.Request() with
        {
            Tls = new TlsRequest { CertificatePath = lab.CertificatePath, CommonName = "127.0.0.1", Keys = new KeyRecipe(KeyAlgorithm.Ecdsa, 256) },
            SkipReadiness = true,
        };
        return (await EngineLab.DeployAsync(client, request, TestContext.Current.CancellationToken)).Vch;
    }

    private static async Task RemoveAsync(EngineLab lab, VchInfo vch)
    {
        await lab.RemoveAsync(vch);
        Directory.Delete(lab.CertificatePath, recursive: true);
    }
}
