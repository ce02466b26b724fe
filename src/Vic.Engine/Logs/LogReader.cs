using System.Text;
using Vic.Vim25;

namespace Vic.Engine.Logs;

/// <summary>Reads a text file on a datastore line by line while it grows. A file that was begun anew is read from its start.</summary>
public sealed class LogReader
{
    private const int FirstBlock = 64 * 1024;

    private readonly DatastoreFiles _files;
    private readonly string _path;
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _line = new();
    private long _position;

    internal LogReader(DatastoreFiles files, string path)
    {
        _files = files;
        _path = path;
    }

    /// <summary>The last lines of what there is; what comes later is read with <see cref="ReadAsync"/>.</summary>
    /// <param name="count">How many lines.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    public async Task<IReadOnlyList<string>> ReadLastAsync(int count, CancellationToken cancellationToken)
    {
        var length = await _files.GetSizeAsync(_path, cancellationToken).ConfigureAwait(false) ?? 0;
        for (long block = FirstBlock; ; block *= 2)
        {
            Begin(Math.Max(0, length - block));
            var lines = await ReadAsync(cancellationToken).ConfigureAwait(false);
            if (lines.Count > count || block >= length)
            {
                // The first line of a block may be the end of one.
                return lines.Skip(lines.Count - count).ToList();
            }
        }
    }

    /// <summary>The lines that were ended since the last call.</summary>
    /// <exception cref="DatastoreFileException">The file is not there, or the server refused.</exception>
    public async Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellationToken)
    {
        var length = await _files.GetSizeAsync(_path, cancellationToken).ConfigureAwait(false) ?? 0;
        if (length < _position)
        {
            Begin(0);
        }

        if (length == _position)
        {
            return [];
        }

        using var content = new MemoryStream();
        _position += await _files.DownloadFromAsync(_path, _position, content, cancellationToken: cancellationToken).ConfigureAwait(false);
        return Split(content.ToArray());
    }

    /// <summary>What stands behind the last end of a line; empty when nothing does.</summary>
    public string TakeRest()
    {
        var rest = _line.ToString().TrimEnd('\r');
        _line.Clear();
        return rest;
    }

    private void Begin(long position)
    {
        _position = position;
        _line.Clear();
        _decoder.Reset();
    }

    private List<string> Split(byte[] content)
    {
        var characters = new char[_decoder.GetCharCount(content, 0, content.Length, flush: false)];
        _decoder.GetChars(content, 0, content.Length, characters, 0, flush: false);
        var lines = new List<string>();
        foreach (var character in characters)
        {
            if (character == '\n')
            {
                lines.Add(TakeRest());
            }
            else
            {
                _line.Append(character);
            }
        }

        return lines;
    }
}
