using Vic.Guest.Logs;

namespace Vic.Tether.Container;

/// <summary>Carries a process's output to where it is kept.</summary>
internal static class OutputPump
{
    private const int BufferLength = 16 * 1024;

    public static async Task RunAsync(Stream source, OutputStreamKind kind, IOutputSink sink)
    {
        var buffer = new byte[BufferLength];
        while (await source.ReadAsync(buffer).ConfigureAwait(false) is var count and > 0)
            await sink.WriteAsync(kind, buffer.AsMemory(0, count), CancellationToken.None).ConfigureAwait(false);
    }
}
