namespace Vic.Vim25;

/// <summary>How much a peer may send. What goes beyond ends with a <see cref="VimProtocolException"/>.</summary>
/// <param name="MaxDocumentBytes">The whole body, uncompressed.</param>
/// <param name="MaxTextBytes">One text, or one tag with its attributes.</param>
/// <param name="MaxDepth">Elements within each other.</param>
public sealed record VimXmlLimits(long MaxDocumentBytes, int MaxTextBytes, int MaxDepth)
{
    /// <summary>For responses of a server that the caller chose: 1 GiB, texts of 32 MiB, 200 elements deep.</summary>
    public static VimXmlLimits Response { get; } = new(1L << 30, 32 << 20, 200);

    /// <summary>For requests of clients that nobody knows: 16 MiB, texts of 8 MiB, 100 elements deep.</summary>
    public static VimXmlLimits Request { get; } = new(16L << 20, 8 << 20, 100);
}
