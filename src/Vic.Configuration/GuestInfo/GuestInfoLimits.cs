namespace Vic.Configuration;

/// <summary>
/// What a reader accepts. Guests write some of these keys and are not trusted; a real configuration stays far below every limit.
/// </summary>
internal static class GuestInfoLimits
{
    /// <summary>Characters of one value.</summary>
    internal const int ValueLength = 1 << 20;

    /// <summary>Items of one list.</summary>
    internal const int ListItems = 8192;

    /// <summary>Entries of one map.</summary>
    internal const int MapEntries = 4096;

    /// <summary>Characters of one map key.</summary>
    internal const int MapKeyLength = 512;

    /// <summary>Keys looked up by one reader: lists nested in maps must not multiply without end.</summary>
    internal const int Lookups = 200_000;
}
