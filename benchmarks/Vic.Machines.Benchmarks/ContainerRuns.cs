using System.Diagnostics;
using System.Security.Cryptography;
using Vic.Testing.Docker;

namespace Vic.Machines.Benchmarks;

/// <summary>What a docker user waits for.</summary>
internal sealed class ContainerRuns(DockerClient docker, CancellationToken cancellationToken)
{
    /// <summary>Seconds of <c>docker start</c>, which returns when the process runs.</summary>
    public async Task<double> StartAsync()
    {
        var id = (await docker.RunAsync(cancellationToken, "create", "busybox", "sleep", "600")).EnsureSuccess().Output.Trim();
        var started = Stopwatch.GetTimestamp();
        (await docker.RunAsync(cancellationToken, "start", id)).EnsureSuccess();
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        (await docker.RunAsync(cancellationToken, "rm", "-f", id)).EnsureSuccess();
        return elapsed;
    }

    /// <summary>KB/s of bytes that go in and come back through <c>docker exec -i cat</c>, in each direction.</summary>
    public async Task<double> EchoAsync(int bytes, params string[] runOptions)
    {
        var id = (await docker.RunAsync(cancellationToken, ["run", "-d", .. runOptions, "busybox", "sleep", "600"])).EnsureSuccess().Output.Trim();
        var sent = RandomNumberGenerator.GetBytes(bytes);
        var empty = await TimeAsync([]);
        var full = await TimeAsync(sent);
        (await docker.RunAsync(cancellationToken, "rm", "-f", id)).EnsureSuccess();
        return bytes / 1024.0 / Math.Max(0.001, full - empty);

        async Task<double> TimeAsync(byte[] input)
        {
            var started = Stopwatch.GetTimestamp();
            var result = await (docker.Command("exec", "-i", id, "cat") with { Input = input }).RunAsync(cancellationToken);
            var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
            return result.EnsureSuccess().OutputBytes.AsSpan().SequenceEqual(input) ? elapsed : throw new InvalidOperationException("Other bytes came back.");
        }
    }
}
