using Vic.Oci.Layers;
using Vic.Testing.Fuzzing;

namespace Vic.Oci.Tests.Layers;

/// <summary>A damaged layer is read to its end or refused with its own error, in bounded memory.</summary>
public sealed class LayerFuzzTests
{
    private static readonly FuzzTarget Layers = new(
        "layers",
        FuzzGrammar.Bytes([0], "ustar\0"u8.ToArray(), "77777777777"u8.ToArray(), "x"u8.ToArray(), "99 path=../../etc/passwd\n"u8.ToArray(), "L"u8.ToArray(), [0x80, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]),
        Read)
    {
        IsDocumented = exception => exception is LayerException or IOException,

        // Extended headers are taken whole up to their limit.
        FixedAllowance = 2 << 20,
    };

    private static readonly LayerLimits Limits = new() { UncompressedSize = 1 << 20, Entries = 10_000, EntryMetadata = 64 * 1024 };

    [Fact]
    public void Damaged_layers_are_read_or_refused() => Run(FuzzSize.Test);

    [Fact]
    [Trait("Category", "Soak")]
    public void A_million_damaged_layers_are_read_or_refused() => Run(FuzzSize.Soak);

    private static void Run(int count) => TestContext.Current.TestOutputHelper!.WriteLine($"measured: {Layers.Run(count)}");

    private static bool Read(byte[] input)
    {
        var reader = new LayerReader(new SteppedStream(input), Limits);
        var buffer = new byte[4096];
        while (Completed(reader.NextAsync(CancellationToken.None)) is not null)
        {
            while (Completed(reader.ReadContentAsync(buffer, CancellationToken.None)) > 0)
            {
            }
        }

        return true;
    }

    /// <summary>A stepped stream never waits, so nothing that reads it does.</summary>
    private static T Completed<T>(ValueTask<T> task) => task.IsCompleted ? task.GetAwaiter().GetResult() : throw new InvalidOperationException("The reader waits for nothing.");
}
