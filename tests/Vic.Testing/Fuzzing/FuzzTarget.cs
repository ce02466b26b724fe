using System.Globalization;
using System.Security.Cryptography;
using Vic.Testing.Files;

namespace Vic.Testing.Fuzzing;

/// <summary>
/// A parser that takes bytes from strangers. Whatever they are, it ends: with a result, or with an exception that it documents; and it allocates in
/// proportion to what it was given.
/// </summary>
/// <param name="Corpus">The folder below <c>tests/Corpus</c>.</param>
/// <param name="Grammar">The format.</param>
/// <param name="Parse">The parser; false when it refused the input without an exception.</param>
public sealed record FuzzTarget(string Corpus, FuzzGrammar Grammar, Func<byte[], bool> Parse)
{
    // A hang inside one input can only be seen by a clock; ten thousand times what the slowest input takes.
    private static readonly TimeSpan Watchdog = TimeSpan.FromMinutes(2);

    /// <summary>Tells which exceptions the parser documents.</summary>
    public required Func<Exception, bool> IsDocumented { get; init; }

    /// <summary>How many bytes the parser may allocate whatever the input.</summary>
    public long FixedAllowance { get; init; } = 256 * 1024;

    /// <summary>How many bytes the parser may allocate for each byte of input.</summary>
    public int AllowancePerByte { get; init; } = 64;

    /// <summary>Where the series of inputs begins; the same seed gives the same inputs.</summary>
    public ulong Seed { get; init; } = 20_251_125;

    /// <summary>Feeds the corpus as it is, then as many damaged messages as asked for.</summary>
    /// <returns>One line with what was seen.</returns>
    /// <exception cref="FuzzException">An input crashed the parser, hung it, or made it take too much memory.</exception>
    public string Run(int count)
    {
        var state = new Progress();
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    Feed(count, state);
                }
                catch (FuzzException found)
                {
                    failure = found;
                }
            },
            8 << 20) { IsBackground = true, Name = $"fuzz {Corpus}" };
        thread.Start();
        for (long seen = -1; !thread.Join(Watchdog); seen = Interlocked.Read(ref state.Number))
        {
            if (seen == Interlocked.Read(ref state.Number))
            {
                throw Failed(state.Input, $"input {seen} hangs", null);
            }
        }

        return failure is null
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{Corpus}: {count:N0} damaged messages from seed {Seed}, {100.0 * state.Accepted / Math.Max(1, state.Number):F0} % of them read, "
                + $"at most {state.MostAllocated / 1024:N0} KiB and {state.MostPerByte:F1} bytes a byte of input allocated")
            : throw failure;
    }

    private void Feed(int count, Progress state)
    {
        var corpus = FuzzCorpus.Read(Corpus);

        // The first inputs pay for what is made once: tables, types, compiled code.
        foreach (var message in corpus.Concat(corpus))
        {
            state.Input = message;
            TryParse(message, $"corpus file {corpus.ToList().IndexOf(message)}");
        }

        var mutator = new FuzzMutator(corpus, Grammar);
        for (var number = 0; number < count; number++)
        {
            var random = new FuzzRandom(Seed + ((ulong)number << 20));
            state.Input = mutator.Make(ref random);
            Interlocked.Exchange(ref state.Number, number);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var accepted = TryParse(state.Input, $"input {number}");
            state.Note(accepted, GC.GetAllocatedBytesForCurrentThread() - before);
            if (state.Allocated > FixedAllowance + ((long)AllowancePerByte * state.Input.Length))
            {
                throw Failed(state.Input, $"input {number} of {state.Input.Length} bytes allocated {state.Allocated}", null);
            }
        }
    }

    private bool TryParse(byte[] input, string which)
    {
        try
        {
            return Parse(input);
        }
        catch (Exception exception) when (IsDocumented(exception))
        {
            return false;
        }
        catch (Exception exception)
        {
            throw Failed(input, $"{which} ends with {exception.GetType().Name}: {exception.Message}", exception);
        }
    }

    private FuzzException Failed(byte[] input, string what, Exception? cause)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Artifacts, "fuzz", Corpus)).FullName;
        var file = Path.Combine(folder, $"{Convert.ToHexStringLower(SHA256.HashData(input))[..16]}.bin");
        File.WriteAllBytes(file, input);
        return new FuzzException($"{Corpus}, seed {Seed}: {what}. The input is in {file}: put it into tests/Corpus/{Corpus} with the correction.", cause);
    }

    private sealed class Progress
    {
        public long Number;

        public byte[] Input = [];

        public long Accepted { get; private set; }

        public long Allocated { get; private set; }

        public long MostAllocated { get; private set; }

        public double MostPerByte { get; private set; }

        public void Note(bool accepted, long allocated)
        {
            Accepted += accepted ? 1 : 0;
            Allocated = allocated;
            MostAllocated = Math.Max(MostAllocated, allocated);
            if (Input.Length >= 1024)
            {
                MostPerByte = Math.Max(MostPerByte, (double)allocated / Input.Length);
            }
        }
    }
}
