using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Vic.Configuration;
using Vic.Endpoint.Api.Revocation;
using Vic.Endpoint.Hosting;
using Vic.Endpoint.Tests.Doubles;
using Vic.Lab;
using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Testing.Files;
using Vic.Vim25;

namespace Vic.Endpoint.Tests.Revocation;

/// <summary>An endpoint reads in vSphere who is revoked: when it starts, and when the list is replaced while it runs.</summary>
public sealed class RevocationWatchTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_is_read_at_the_start_and_again_when_it_changes()
    {
        using var folder = new TemporaryFolder();
        TestCertificates.WriteTo(folder);
        var otherPath = Path.Combine(folder[TestCertificates.OtherClient], "cert.pem");
        using var first = X509CertificateLoader.LoadCertificateFromFile(folder["cert.pem"]);
        using var second = X509CertificateLoader.LoadCertificateFromFile(otherPath);
        using var authority = X509CertificateLoader.LoadCertificateFromFile(folder["ca.pem"]);
        await using var lab = await LabServer.StartAsync(new LabOptions { Model = InventoryModel.Esx, Runtime = RuntimeKind.None }, Cancellation);
        using var client = await VimClient.ConnectAsync(new VimClientOptions(lab.Facts.Url) { Thumbprint = lab.Facts.ThumbprintSha256 }, Cancellation);
        await client.LoginAsync(lab.Facts.User, lab.Facts.Password, Cancellation);
        var endpoint = await CreateAsync(client);
        await WriteAsync(endpoint, TestCertificates.Revoke(folder, folder["cert.pem"]));

        var revoked = new RevokedClients([authority]);
        var watch = new RevocationWatch(client, endpoint.Reference, revoked, NullLogger<RevocationWatch>.Instance);
        await watch.ReadAsync(Cancellation);
        Assert.Equal((true, false), (revoked.Contains(first), revoked.Contains(second)));

        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        revoked.Changed += changed.SetResult;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var watching = watch.RunAsync(stop.Token);
        await WriteAsync(endpoint, TestCertificates.Revoke(folder, otherPath));
        await changed.Task.WaitAsync(Cancellation);
        await stop.CancelAsync();
        await watching;

        Assert.Equal((false, true), (revoked.Contains(first), revoked.Contains(second)));
    }

    private static async Task<VirtualMachine> CreateAsync(VimClient client)
    {
        var datacenter = (await client.RetrieveAllAsync("Datacenter", ["vmFolder"], cancellationToken: Cancellation))[0];
        var compute = (await client.RetrieveAllAsync("ComputeResource", ["resourcePool"], cancellationToken: Cancellation))[0];
        var task = await new Folder(client, datacenter.Get<ManagedObjectReference>("vmFolder")).CreateVMTaskAsync(
            new VirtualMachineConfigSpec { Name = "endpoint", GuestId = "other64Guest", Files = new VirtualMachineFileInfo { VmPathName = "[datastore1]" } },
            compute.Get<ManagedObjectReference>("resourcePool"),
            cancellationToken: Cancellation);
        var created = await client.WaitForTaskAsync(task, cancellationToken: Cancellation);
        var machine = new VirtualMachine(client, (ManagedObjectReference)created.Result!);
        await client.WaitForTaskAsync(await machine.PowerOnVMTaskAsync(cancellationToken: Cancellation), cancellationToken: Cancellation);
        return machine;
    }

    private static async Task WriteAsync(VirtualMachine machine, string list)
    {
        var value = Convert.ToBase64String(Encoding.UTF8.GetBytes(list));
        var task = await machine.ReconfigVMTaskAsync(
            new VirtualMachineConfigSpec { ExtraConfig = [new OptionValue { Key = GuestInfoNames.RevocationLists, Value = value }] }, Cancellation);
        await machine.Client.WaitForTaskAsync(task, cancellationToken: Cancellation);
    }
}
