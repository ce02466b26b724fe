namespace Vic.Lab.Machines.Qmp;

/// <summary>Splits a stream into lines of bounded length.</summary>
internal sealed class LineReader(Stream stream, int maximumLength)
{
    private byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;

    /// <summary>Reads a line without its end, or null at the end of the stream. The memory is valid until the next call.</summary>
    /// <exception cref="InvalidDataException">The line is too long.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        var searched = 0;
        while (true)
        {
            var end = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = _buffer.AsMemory(_start, searched + end);
                _start += searched + end + 1;
                return line;
            }

            searched = _end - _start;
            if (searched > maximumLength)
            {
                throw new InvalidDataException($"a line is longer than {maximumLength} bytes");
            }

            MakeRoom();
            var count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                return null;
            }

            _end += count;
        }
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }
}
