namespace Vic.Endpoint.Images.Layers;

/// <summary>A blob in the spool; disposing it gives its room back.</summary>
internal sealed class SpooledBlob(FileStream content, Action release) : IAsyncDisposable
{
    /// <summary>The verified blob, at its beginning.</summary>
    public FileStream Content { get; } = content;

    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync().ConfigureAwait(false);
        release();
    }
}
