using System.Text.Json.Nodes;
using Vic.EndToEnd.Tests.Deployment;
using Vic.Testing.Deployment;
using Vic.Testing.Files;
using Vic.Testing.Processes;

namespace Vic.EndToEnd.Tests.Strangers;

/// <summary>Somebody else's vSphere client finds its way in the lab.</summary>
[Collection<VcenterVchCollection>]
public sealed class PyvmomiTests(VcenterVch vch)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pyvmomi_lists_the_machines_reads_a_VCH_and_powers_a_container_off()
    {
        const string victim = "stranger-victim";
        (await vch.Docker.RunAsync(Cancellation, "run", "-d", "--name", victim, "busybox", "sleep", "600")).EnsureSuccess();

        var tour = new Command("/usr/bin/python3", Repository.PathOf("tests/Vic.EndToEnd.Tests/Strangers/tour.py"), VchDeployment.Name, victim)
        {
            Environment = vch.Lab.Credentials(),
        };
        var seen = JsonNode.Parse((await tour.RunAsync(Cancellation)).EnsureSuccess().Output)!;

        Assert.Equal("VirtualCenter", (string?)seen["api"]);
        Assert.Equal($"VirtualMachine:{seen["vch"]}", (string?)seen["guestinfo"]!["guestinfo.vice./init/common/id"]);
        Assert.Equal(("poweredOn", "poweredOff"), ((string?)seen["before"], (string?)seen["after"]));
        Assert.DoesNotContain(seen["guestinfo"]!.AsObject(), option => option.Key == "guestinfo.ovfEnv");

        // The endpoint notices what it did not do itself.
        Assert.Equal("137\n", (await vch.Docker.RunAsync(Cancellation, "wait", victim)).EnsureSuccess().Output);
        (await vch.Docker.RunAsync(Cancellation, "rm", victim)).EnsureSuccess();
    }
}
