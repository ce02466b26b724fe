using Vic.Engine;
using Vic.Engine.Certificates;
using Vic.Engine.Deployment;
using Vic.Engine.Requests;
using Vic.Lab;
using Vic.Lab.Api;
using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Testing.Files;

namespace Vic.Vim25.Benchmarks;

/// <summary>How often a deployment asks vSphere something before it powers the endpoint VM on; each time may be a long way there and back.</summary>
internal static class DeploymentBenchmark
{
    /// <summary>What <c>vic-machine create</c> of vmware/vic needs for the same on a vCenter.</summary>
    private const int PeerCalls = 137;

    public static async Task RunAsync()
    {
        foreach (var model in (InventoryModel[])[InventoryModel.VCenter, InventoryModel.Esx])
        {
            var calls = await CountAsync(model);
            Console.WriteLine($"\nNew-VCH, {model}: {calls.Count} calls before power-on, vic-machine create {PeerCalls}");
            foreach (var method in calls.GroupBy(call => call.Method).OrderByDescending(method => method.Count()))
            {
                Console.WriteLine($"{method.Count(),6}  {method.Key}");
            }
        }
    }

    /// <summary>Deploys until the endpoint VM would be powered on, which is refused.</summary>
    private static async Task<List<VimCall>> CountAsync(InventoryModel model)
    {
        using var folder = new TemporaryFolder();
        await using var lab = await LabServer.StartAsync(new LabOptions { Model = model, Runtime = RuntimeKind.None });
        lab.Faults.Fail(1, CallFailure.Fault, "PowerOnVM_Task");
        using var client = await VimClient.ConnectAsync(new VimClientOptions(lab.Facts.Url) { Thumbprint = lab.Facts.ThumbprintSha256 });
        await client.LoginAsync(lab.Facts.User, lab.Facts.Password);
        try
        {
            await new VchDeployment(client).RunAsync(Request(lab.Facts, folder), new Progress<StepProgress>(), CancellationToken.None);
        }
        catch (VicException)
        {
            // The power-on was refused; what came before it has been undone.
        }

        return [.. lab.Faults.Calls.TakeWhile(call => !call.Method.StartsWith("PowerOn", StringComparison.Ordinal))];
    }

    private static VchRequest Request(LabFacts lab, TemporaryFolder folder) => new()
    {
        Name = "counted",
        ImageStore = InventorySelector.ByName(lab.Datastores[0]),
        BridgeNetwork = lab.Model == "esx" ? null : InventorySelector.ByName("bridge"),
        Tls = new TlsRequest { Mode = TlsMode.None, CertificatePath = folder["certificates"] },
        ApplianceIso = Path.Combine(Repository.Artifacts, "images", "appliance.iso"),
        BootstrapIso = Path.Combine(Repository.Artifacts, "images", "bootstrap.iso"),
        Credential = new EndpointCredential(lab.User, lab.Password),
        TargetThumbprint = lab.ThumbprintSha256,
        Timeout = TimeSpan.FromMinutes(1),
    };
}
