using System.IO.Pipelines;
using Vic.Vim25;

namespace Vic.Endpoint.Machines.VSphere;

/// <summary>A container's output on its way from the datastore. It goes on where it was when a connection breaks.</summary>
internal sealed class OutputDownload(DatastoreFiles files, string path, long offset) : IProgress<long>
{
    private const int Attempts = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private long _position = offset;
    private long _begin = offset;

    /// <summary>Fills a pipe; a container that never ran has printed nothing.</summary>
    public async Task FillAsync(PipeWriter writer, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(writer.AsStream(leaveOpen: true), cancellationToken).ConfigureAwait(false);
            await writer.CompleteAsync().ConfigureAwait(false);
        }
        catch (DatastoreFileException missing) when (missing.IsNotFound)
        {
            await writer.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            await writer.CompleteAsync(new IOException($"the container's output cannot be read: {failure.Message}", failure)).ConfigureAwait(false);
        }
    }

    void IProgress<long>.Report(long value) => _position = _begin + value;

    private async Task ReadAsync(Stream destination, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            _begin = _position;
            try
            {
                await files.DownloadFromAsync(path, _position, destination, this, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception broken) when (broken is VimConnectionException or IOException && attempt < Attempts && !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(Pause * attempt, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
