using Vic.Testing.Deployment;
using Vic.Testing.Docker;
using Vic.Testing.Labs;

namespace Vic.EndToEnd.Tests.Deployment;

/// <summary>A VCH that the tests of a collection share.</summary>
public abstract class DeployedVch(string model, bool withTls) : IAsyncLifetime
{
    private VchDeployment? _deployment;

    /// <summary>Debian's docker CLI, aimed at the VCH.</summary>
    public DockerClient Docker => Deployment.Docker;

    public LabFacts Lab => Deployment.Lab;

    public VchDeployment Deployment => _deployment!;

    public async ValueTask InitializeAsync()
    {
        _deployment = await VchDeployment.StartAsync(model, withTls, CancellationToken.None);

        // What a first run prints of its pull is another test's matter.
        var pull = await Docker.RunAsync(CancellationToken.None, "pull", "--quiet", "busybox");
        if (pull.ExitCode != 0)
        {
            throw new InvalidOperationException($"docker pull ended with {pull.ExitCode}: {pull.Error}\n{_deployment.EndpointLog()}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_deployment is not null)
        {
            await _deployment.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}
