namespace Vic.Guest.Sessions;

/// <summary>Bytes of a process's output as they arrived.</summary>
public sealed class OutputChunk
{
    internal OutputChunk(OutputKind kind, byte[] data, int readers)
    {
        Kind = kind;
        Data = data;
        Readers = readers;
    }

    /// <summary>Which output it is.</summary>
    public OutputKind Kind { get; }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Subscriptions that have not yet taken the bytes.</summary>
    internal int Readers { get; set; }
}
