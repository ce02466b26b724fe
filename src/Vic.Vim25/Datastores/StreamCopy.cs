using System.Buffers;

namespace Vic.Vim25;

/// <summary>Copies a stream and tells how far it is.</summary>
internal static class StreamCopy
{
    public static async Task<long> CopyAsync(
        Stream source, Stream destination, int blockSize, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        byte[] block = ArrayPool<byte>.Shared.Rent(blockSize);
        try
        {
            long total = 0;
            int count;
#if NET
            while ((count = await source.ReadAsync(block.AsMemory(), cancellationToken).ConfigureAwait(false)) > 0)
            {
                await destination.WriteAsync(block.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
#else
            while ((count = await source.ReadAsync(block, 0, block.Length, cancellationToken).ConfigureAwait(false)) > 0)
            {
                await destination.WriteAsync(block, 0, count, cancellationToken).ConfigureAwait(false);
#endif
                total += count;
                progress?.Report(total);
            }

            return total;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>Reads and drops bytes; fewer when the stream ends before.</summary>
    public static async Task SkipAsync(Stream source, long bytes, int blockSize, CancellationToken cancellationToken)
    {
        var block = new byte[(int)Math.Min(blockSize, bytes)];
        while (bytes > 0)
        {
            var wanted = (int)Math.Min(block.Length, bytes);
#if NET
            int count = await source.ReadAsync(block.AsMemory(0, wanted), cancellationToken).ConfigureAwait(false);
#else
            int count = await source.ReadAsync(block, 0, wanted, cancellationToken).ConfigureAwait(false);
#endif
            if (count == 0)
            {
                return;
            }

            bytes -= count;
        }
    }
}
