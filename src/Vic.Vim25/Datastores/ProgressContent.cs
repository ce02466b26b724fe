using System.Net;

namespace Vic.Vim25;

/// <summary>A file on its way to a server: streamed, with its length known from the start, reporting bytes as they go.</summary>
internal sealed class ProgressContent : HttpContent
{
    private const int BlockSize = 128 * 1024;

    private readonly Stream _source;
    private readonly long _length;
    private readonly IProgress<long>? _progress;
    private readonly CancellationToken _cancellationToken;

    public ProgressContent(Stream source, long length, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        _source = source;
        _length = length;
        _progress = progress;
        _cancellationToken = cancellationToken;
        Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/octet-stream");
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        await StreamCopy.CopyAsync(_source, stream, BlockSize, _progress, _cancellationToken).ConfigureAwait(false);

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }
}
