namespace Vic.Testing.Fuzzing;

/// <summary>Makes damaged messages from real ones: pieces are removed, doubled, exchanged, nested, grafted from other messages; then bytes are bent.</summary>
internal sealed class FuzzMutator(IReadOnlyList<byte[]> corpus, FuzzGrammar grammar)
{
    private const int LongestInput = 64 * 1024;
    private const int MostEdits = 6;
    private const int MostRepeats = 200;

    private static readonly byte[] Telling = [0, 1, 0x7F, 0x80, 0xFE, 0xFF, (byte)'<', (byte)'>', (byte)'&', (byte)'"', (byte)'/', (byte)'\n', (byte)' ', (byte)'-', (byte)'9'];

    private readonly List<int[]> _cuts = [.. corpus.Select(message => Cut(message, grammar))];

    /// <summary>One damaged message.</summary>
    public byte[] Make(ref FuzzRandom random)
    {
        var index = random.Below(corpus.Count);
        var pieces = Pieces(index);
        for (var edits = random.Below(MostEdits); edits >= 0; edits--)
        {
            EditPieces(pieces, ref random);
        }

        var bytes = Join(pieces);
        for (var edits = random.Below(MostEdits); edits > 0; edits--)
        {
            EditByte(bytes, ref random);
        }

        return random.Below(8) == 0 ? bytes[..random.Below(bytes.Length + 1)] : bytes;
    }

    private void EditPieces(List<ReadOnlyMemory<byte>> pieces, ref FuzzRandom random)
    {
        var at = random.Below(pieces.Count + 1);
        var count = Math.Min(1 + random.SmallBelow(8), pieces.Count - at);
        switch (random.Below(7))
        {
            case 0:
                pieces.RemoveRange(at, count);
                break;
            case 1:
                pieces.InsertRange(at, pieces.GetRange(at, count));
                break;
            case 2 when count > 0:
                var repeated = pieces.GetRange(at, count);
                for (var repeats = random.SmallBelow(MostRepeats); repeats > 0; repeats--)
                {
                    pieces.InsertRange(at, repeated);
                }

                break;
            case 3 when count > 0:
                var other = random.Below(pieces.Count);
                (pieces[at], pieces[other]) = (pieces[other], pieces[at]);
                break;
            case 4:
                var graft = Pieces(random.Below(corpus.Count));
                var from = random.Below(graft.Count);
                pieces.InsertRange(at, graft.GetRange(from, Math.Min(1 + random.SmallBelow(32), graft.Count - from)));
                break;
            case 5 when grammar.Words.Count > 0:
                pieces.Insert(at, grammar.Words[random.Below(grammar.Words.Count)]);
                break;
            case 6 when grammar.Words.Count > 0 && count > 0:
                pieces[at] = grammar.Words[random.Below(grammar.Words.Count)];
                break;
        }
    }

    private static void EditByte(byte[] bytes, ref FuzzRandom random)
    {
        if (bytes.Length == 0)
        {
            return;
        }

        ref var target = ref bytes[random.Below(bytes.Length)];
        target = random.Below(3) switch
        {
            0 => (byte)(target ^ (1 << random.Below(8))),
            1 => Telling[random.Below(Telling.Length)],
            _ => (byte)random.Next(),
        };
    }

    private List<ReadOnlyMemory<byte>> Pieces(int index)
    {
        var pieces = new List<ReadOnlyMemory<byte>>();
        var start = 0;
        foreach (var end in _cuts[index])
        {
            pieces.Add(corpus[index].AsMemory(start, end - start));
            start = end;
        }

        return pieces;
    }

    private static byte[] Join(List<ReadOnlyMemory<byte>> pieces)
    {
        var joined = new byte[Math.Min(LongestInput, pieces.Sum(piece => piece.Length))];
        var position = 0;
        foreach (var piece in pieces)
        {
            var taken = piece.Span[..Math.Min(piece.Length, joined.Length - position)];
            taken.CopyTo(joined.AsSpan(position));
            position += taken.Length;
        }

        return joined;
    }

    private static int[] Cut(byte[] message, FuzzGrammar grammar)
    {
        var cuts = new List<int>();
        for (var position = 0; position < message.Length;)
        {
            cuts.Add(position = grammar.Split(message, position));
        }

        return [.. cuts];
    }
}
