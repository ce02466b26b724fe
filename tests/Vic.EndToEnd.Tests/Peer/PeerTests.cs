using Vic.EndToEnd.Tests.Deployment;
using Vic.Testing.Docker;

namespace Vic.EndToEnd.Tests.Peer;

/// <summary>A VCH answers as a docker daemon does.</summary>
[Collection<EsxVchCollection>]
public sealed class PeerTests(EsxVch vch)
{
    [Fact]
    public async Task A_VCH_answers_the_script_as_a_docker_daemon_does()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var daemon = await DockerDaemon.StartAsync(cancellation, "--registry-mirror", $"http://{vch.Deployment.RegistryOnHost}");

        var expected = await PeerSession.RunAsync(DockerClient.For(daemon.Host), vch.Deployment.RegistryOnHost, cancellation);
        var actual = await PeerSession.RunAsync(vch.Docker, vch.Deployment.RegistryInGuests, cancellation);

        Assert.Multiple([.. expected.Zip(actual, (daemonSays, vchSays) => (Action)(() => Assert.Equal(daemonSays, vchSays)))]);
    }
}
