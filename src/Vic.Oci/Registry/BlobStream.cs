using System.Net;
using System.Security.Cryptography;
using Vic.Oci.Manifests;
using Vic.Oci.References;

namespace Vic.Oci.Registry;

/// <summary>A blob that is read once, from its first to its last byte, over as many connections as that takes.</summary>
internal sealed class BlobStream : Stream
{
    private readonly RepositoryClient _repository;
    private readonly Descriptor _descriptor;
    private readonly RegistryOptions _options;
    private readonly Digest _digest;
    private readonly IncrementalHash _hash;
    private HttpResponseMessage? _response;
    private Stream? _body;
    private long _position;
    private int _failures;
    private bool _verified;

    public BlobStream(RepositoryClient repository, Descriptor descriptor, RegistryOptions options)
    {
        _repository = repository;
        _descriptor = descriptor;
        _options = options;
        _digest = Digest.Parse(descriptor.Digest);
        _hash = _digest.StartHash();
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _descriptor.Size;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        while (_position < _descriptor.Size)
        {
            var wanted = (int)Math.Min(buffer.Length, _descriptor.Size - _position);
            var read = await TryReadAsync(buffer[..wanted], cancellationToken).ConfigureAwait(false);
            if (read > 0)
            {
                _hash.AppendData(buffer.Span[..read]);
                _position += read;
                return read;
            }
        }

        Verify();
        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private new void Close()
    {
        _body?.Dispose();
        _response?.Dispose();
        (_body, _response) = (null, null);
    }

    private void Verify()
    {
        if (!_verified && !_digest.Matches(_hash))
        {
            throw new RegistryException(RegistryErrorKind.InvalidContent, $"filesystem layer verification failed for digest {_digest}");
        }

        _verified = true;
    }

    // 0 means that the connection broke and the next call opens another one.
    private async ValueTask<int> TryReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            if (_body is null)
            {
                await OpenAsync(cancellationToken).ConfigureAwait(false);
            }

            silence.CancelAfter(_options.ReadTimeout);
            var read = await _body!.ReadAsync(buffer, silence.Token).ConfigureAwait(false);
            if (read > 0)
            {
                _failures = 0;
                return read;
            }

            await RetryAsync(Broken("unexpected EOF", null), cancellationToken).ConfigureAwait(false);
        }
        catch (RegistryException e) when (e.IsTransient)
        {
            await RetryAsync(e, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            await RetryAsync(Broken(e.Message, e), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            await RetryAsync(Broken("the registry stopped sending", e), cancellationToken).ConfigureAwait(false);
        }

        return 0;
    }

    private RegistryException Broken(string reason, Exception? inner) =>
        new(RegistryErrorKind.Unreachable, $"the download of {_digest} broke after {_position} of {_descriptor.Size} bytes: {reason}", inner);

    private async Task RetryAsync(RegistryException failure, CancellationToken cancellationToken)
    {
        Close();
        _failures++;
        if (_failures >= _options.Attempts)
        {
            throw failure;
        }

        await Task.Delay(_options.RetryDelay * _failures, cancellationToken).ConfigureAwait(false);
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        _response = await _repository.OpenBlobAsync(_descriptor.Digest, _position, cancellationToken).ConfigureAwait(false);
        _body = await _response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var start = _response.StatusCode == HttpStatusCode.PartialContent ? _response.Content.Headers.ContentRange?.From : 0;
        if (start is null || start > _position)
        {
            throw new RegistryException(RegistryErrorKind.InvalidContent, $"the registry sent another part of {_digest} than it was asked for");
        }

        await SkipAsync(_position - start.Value, cancellationToken).ConfigureAwait(false);
    }

    // A registry may not know ranges and send everything again.
    private async Task SkipAsync(long count, CancellationToken cancellationToken)
    {
        var scratch = count > 0 ? new byte[Math.Min(count, 64 << 10)] : [];
        while (count > 0)
        {
            var read = await _body!.ReadAsync(scratch.AsMemory(0, (int)Math.Min(scratch.Length, count)), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                throw Broken("unexpected EOF", null);
            }

            count -= read;
        }
    }
}
