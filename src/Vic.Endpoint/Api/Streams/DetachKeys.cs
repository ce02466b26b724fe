using Vic.Endpoint.Errors;

namespace Vic.Endpoint.Api.Streams;

/// <summary>The key sequence that leaves a terminal without ending its process (<c>--detach-keys</c>).</summary>
public sealed class DetachKeys
{
    private readonly byte[] _sequence;
    private int _matched;

    private DetachKeys(byte[] sequence) => _sequence = sequence;

    /// <summary>Reads <c>ctrl-p,ctrl-q</c>, <c>a,b</c> and the like; empty is docker's default.</summary>
    public static DetachKeys Parse(string text)
    {
        if (text.Length == 0)
        {
            return new DetachKeys([0x10, 0x11]);
        }

        var keys = new List<byte>();
        foreach (var key in text.Split(','))
        {
            keys.Add(key switch
            {
                [var single] when single < 128 => (byte)single,
                ['c', 't', 'r', 'l', '-', >= 'a' and <= 'z' and var letter] => (byte)(letter - 'a' + 1),
                "ctrl-@" => 0,
                "ctrl-[" => 27,
                "ctrl-\\" => 28,
                "ctrl-]" => 29,
                "ctrl-^" => 30,
                "ctrl-_" => 31,
                _ => throw EngineException.InvalidParameter($"Invalid detach keys ({text}) provided"),
            });
        }

        return new DetachKeys([.. keys]);
    }

    /// <summary>
    /// Looks at typed bytes. <paramref name="typed"/> receives what belongs to the process, keys held back earlier
    /// included; true when the sequence is complete.
    /// </summary>
    public bool Scan(ReadOnlySpan<byte> input, List<byte> typed)
    {
        foreach (var value in input)
        {
            if (value == _sequence[_matched])
            {
                if (++_matched == _sequence.Length)
                {
                    return true;
                }

                continue;
            }

            typed.AddRange(_sequence.AsSpan(0, _matched));
            _matched = value == _sequence[0] ? 1 : 0;
            if (_matched == 0)
            {
                typed.Add(value);
            }
        }

        return false;
    }
}
