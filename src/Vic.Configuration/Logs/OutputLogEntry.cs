namespace Vic.Configuration;

/// <summary>Something that a container's main process has written: a piece as the guest has read it, or a line.</summary>
public sealed class OutputLogEntry
{
    /// <summary>Creates an entry.</summary>
    public OutputLogEntry(DateTimeOffset time, OutputStreamKind stream, byte[] content)
    {
        Time = time;
        Stream = stream;
        Content = content;
    }

    /// <summary>When the guest read it from the process.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Where the process wrote it.</summary>
    public OutputStreamKind Stream { get; }

    /// <summary>What it wrote.</summary>
    public byte[] Content { get; }
}
