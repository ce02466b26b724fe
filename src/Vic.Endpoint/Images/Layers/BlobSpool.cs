namespace Vic.Endpoint.Images.Layers;

/// <summary>
/// Keeps layers that are downloaded before their turn. The endpoint's root is in memory, so there is a budget; what does not fit is
/// read from the registry when its turn has come.
/// </summary>
internal sealed class BlobSpool(string folder, long budget)
{
    private const int BufferSize = 128 << 10;

    private long _used;

    /// <summary>Copies a blob into the spool; null when there is no room for it.</summary>
    public async Task<SpooledBlob?> TryTakeAsync(Stream blob, long size, CancellationToken cancellationToken)
    {
        if (Interlocked.Add(ref _used, size) > budget)
        {
            Interlocked.Add(ref _used, -size);
            return null;
        }

        var spooled = new SpooledBlob(CreateFile(), () => Interlocked.Add(ref _used, -size));
        try
        {
            await blob.CopyToAsync(spooled.Content, BufferSize, cancellationToken).ConfigureAwait(false);
            spooled.Content.Position = 0;
            return spooled;
        }
        catch
        {
            await spooled.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private FileStream CreateFile()
    {
        Directory.CreateDirectory(folder);
        return new FileStream(Path.Combine(folder, Path.GetRandomFileName()), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 0,
        });
    }
}
