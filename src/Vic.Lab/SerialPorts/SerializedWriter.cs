namespace Vic.Lab.SerialPorts;

/// <summary>Lets two tasks write whole pieces to one stream, which it does not own.</summary>
internal sealed class SerializedWriter(Stream stream) : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>Writes a piece; nothing comes in between.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await stream.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose() => _writing.Dispose();
}
