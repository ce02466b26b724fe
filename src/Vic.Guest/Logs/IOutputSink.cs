using Vic.Configuration;

namespace Vic.Guest.Logs;

/// <summary>Takes a process's output.</summary>
public interface IOutputSink
{
    /// <summary>Takes bytes; completes when there is room for more, which is how a slow sink slows the process down.</summary>
    ValueTask WriteAsync(OutputStreamKind stream, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);
}
