using Vic.Testing.Docker;

namespace Vic.EndToEnd.Tests.Deployment;

internal static class DockerLogs
{
    /// <summary>Waits until a container has printed a line; ends with the container if it never does.</summary>
    public static async Task WaitForLogAsync(this DockerClient docker, string container, string line, CancellationToken cancellationToken)
    {
        using var follow = docker.Command("logs", "-f", container).Start();
        try
        {
            while (await follow.StandardOutput.ReadLineAsync(cancellationToken) is { } printed)
            {
                if (printed == line)
                {
                    return;
                }
            }
        }
        finally
        {
            follow.Kill();
            await follow.WaitForExitAsync(CancellationToken.None);
        }

        throw new InvalidOperationException($"container '{container}' ended without printing '{line}'");
    }
}
