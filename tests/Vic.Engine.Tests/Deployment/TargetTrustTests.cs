using System.Security.Cryptography.X509Certificates;
using Vic.Configuration;
using Vic.Engine.Inspection;
using Vic.Engine.Requests;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Inventory;
using Vic.Testing.Networking;
using Vic.Vim25;

namespace Vic.Engine.Tests.Deployment;

/// <summary>An endpoint knows its vSphere server by what was enough for the administrator: it has none of the authorities of the administrator's computer.</summary>
public sealed class TargetTrustTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_authority_that_vouches_for_the_server_is_told_to_the_endpoint_which_needs_nothing_else()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var certificate = await ServerCertificate.FetchAsync(lab.Facts.Url, Token);
        using var client = await ConnectAsync(lab, certificate);

        var connection = await DeployAsync(client, lab.Request() with { TargetThumbprint = null });

        Assert.Equal(("", ""), (connection.TargetThumbprint, connection.TargetThumbprintSha256));
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(System.Text.Encoding.UTF8.GetString(connection.TargetAuthorities));
        Assert.Equal(certificate.RawData, Assert.Single(authorities).RawData);
        using var endpoint = await VimClient.ConnectAsync(new VimClientOptions(new Uri(connection.Target)) { CertificateAuthorities = authorities }, Token);
        Assert.Equal(lab.Facts.ThumbprintSha256, endpoint.ServerThumbprint);
    }

    [Fact]
    public async Task By_another_name_than_the_authority_vouches_for_the_endpoint_knows_the_server_by_its_thumbprint()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var certificate = await ServerCertificate.FetchAsync(lab.Facts.Url, Token);
        using var client = await ConnectAsync(lab, certificate);

        var connection = await DeployAsync(client, lab.Request() with { TargetThumbprint = null, TargetAddress = "vcenter.inside.example.org" });

        Assert.Equal((lab.Facts.ThumbprintSha256, 0), (connection.TargetThumbprintSha256, connection.TargetAuthorities.Length));
    }

    [Fact]
    public async Task A_thumbprint_that_was_given_is_the_only_one_that_counts()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        using var client = await lab.ConnectAsync();

        var connection = await DeployAsync(client, lab.Request());

        Assert.Equal((lab.Facts.ThumbprintSha256, 0), (connection.TargetThumbprintSha256, connection.TargetAuthorities.Length));
    }

    private static async Task<VimClient> ConnectAsync(EngineLab lab, X509Certificate2 authority)
    {
        var client = await VimClient.ConnectAsync(new VimClientOptions(lab.Facts.Url) { CertificateAuthorities = [authority] }, Token);
        await client.LoginAsync(lab.Facts.User, lab.Facts.Password, Token);
        return client;
    }

    private static async Task<ConnectionConfiguration> DeployAsync(VimClient client, VchRequest request)
    {
        var deployed = await EngineLab.DeployAsync(client, request with { SkipReadiness = true }, Token);
        return (await new VchInventory(client).ReadAsync(deployed.Vch.Reference, Token)).Configuration.Connection;
    }
}
