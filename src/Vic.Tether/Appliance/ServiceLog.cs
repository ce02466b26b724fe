using Vic.Guest.Logs;

namespace Vic.Tether.Appliance;

/// <summary>Puts a service's output into the machine's log, line by line.</summary>
internal static class ServiceLog
{
    private const int MaximumLine = 4096;

    public static async Task CopyAsync(string name, Stream output)
    {
        using var reader = new StreamReader(output);
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
            GuestLog.Write($"{name}: {(line.Length > MaximumLine ? line[..MaximumLine] : line)}");
    }
}
