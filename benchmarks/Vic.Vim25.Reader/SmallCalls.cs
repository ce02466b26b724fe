using System.Diagnostics;

namespace Vic.Vim25.Reader;

/// <summary>Round trips that carry next to nothing.</summary>
internal static class SmallCalls
{
    /// <summary>Calls <c>CurrentTime</c> over and over, one call at a time on each connection, and tells how many calls a second there were.</summary>
    public static async Task<string> RunAsync(VimClient client, int connections, int count)
    {
        var service = new ServiceInstance(client, new ManagedObjectReference("ServiceInstance", "ServiceInstance"));
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => RepeatAsync(service, Math.Max(1, count / connections / 10))));
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => RepeatAsync(service, count / connections)));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{count / connections * connections / seconds:F0}");
    }

    private static async Task RepeatAsync(ServiceInstance service, int count)
    {
        for (var call = 0; call < count; call++)
        {
            await service.CurrentTimeAsync();
        }
    }
}
