using System.Buffers;
using System.Globalization;
using System.Text;

namespace Vic.Endpoint.Api.Connections;

/// <summary>The few facts of a raw HTTP/1.1 request head that decide how the bytes behind it are framed.</summary>
internal readonly record struct RequestHead(long ContentLength, bool IsChunked, bool AsksForUpgrade)
{
    /// <summary>Reads a head, request line and blank line included. Malformed parts are Kestrel's to refuse.</summary>
    public static RequestHead Parse(ReadOnlySequence<byte> head)
    {
        var result = new RequestHead();
        foreach (var line in Encoding.Latin1.GetString(head).Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                continue;
            }

            var name = line.AsSpan(0, colon);
            var value = line.AsSpan(colon + 1).Trim();
            if (name.Equals("content-length", StringComparison.OrdinalIgnoreCase))
            {
                _ = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var length);
                result = result with { ContentLength = length };
            }
            else if (name.Equals("transfer-encoding", StringComparison.OrdinalIgnoreCase))
            {
                result = result with { IsChunked = value.EndsWith("chunked", StringComparison.OrdinalIgnoreCase) };
            }
            else if (name.Equals("connection", StringComparison.OrdinalIgnoreCase))
            {
                result = result with { AsksForUpgrade = value.Contains("upgrade", StringComparison.OrdinalIgnoreCase) };
            }
        }

        return result;
    }

    /// <summary>The same head with a content length of zero.</summary>
    public static byte[] WithoutBody(ReadOnlySequence<byte> head)
    {
        var lines = Encoding.Latin1.GetString(head).Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            if (lines[index].StartsWith("content-length:", StringComparison.OrdinalIgnoreCase))
            {
                lines[index] = "Content-Length: 0\r";
            }
        }

        return Encoding.Latin1.GetBytes(string.Join('\n', lines));
    }
}
