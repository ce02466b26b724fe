using Vic.EndToEnd.Tests.Deployment;
using Vic.Testing.Docker;

namespace Vic.EndToEnd.Tests.Peer;

/// <summary>A VCH answers as a docker daemon does.</summary>
public abstract class PeerTests(DeployedVch vch)
{
    [Fact]
    public async Task A_VCH_answers_the_script_as_a_docker_daemon_does()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var daemon = await DockerDaemon.StartAsync(cancellation, "--registry-mirror", $"http://{vch.Deployment.RegistryOnHost}");

        // The daemon is new; a VCH that other tests use becomes as empty, and has what they need again at the end.
        (await vch.Docker.ShellAsync("docker rmi -f $(docker images -q | sort -u)", cancellation)).EnsureSuccess();
        var expected = await PeerSession.RunAsync(DockerClient.For(daemon.Host), vch.Deployment.RegistryOnHost, cancellation);
        var actual = await PeerSession.RunAsync(vch.Docker, vch.Deployment.RegistryInGuests, cancellation);
        (await vch.Docker.RunAsync(cancellation, "pull", "--quiet", "busybox")).EnsureSuccess();

        Assert.Multiple([.. expected.Zip(actual, (daemonSays, vchSays) => (Action)(() => Assert.Equal(daemonSays, vchSays)))]);
    }
}

/// <summary>The script at a VCH on a single ESXi host.</summary>
[Collection<EsxVchCollection>]
public sealed class EsxPeerTests(EsxVch vch) : PeerTests(vch);

/// <summary>The script at a VCH of the vCenter model.</summary>
[Collection<VcenterVchCollection>]
public sealed class VcenterPeerTests(VcenterVch vch) : PeerTests(vch);
