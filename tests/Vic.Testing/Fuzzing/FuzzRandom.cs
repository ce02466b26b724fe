namespace Vic.Testing.Fuzzing;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators"): the same numbers for the same seed on every machine and in every
/// version of .NET, which <see cref="Random"/> does not promise.
/// </summary>
public struct FuzzRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var value = _state;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>A number from 0 to below the limit; 0 when the limit is 0.</summary>
    public int Below(int limit) => limit <= 0 ? 0 : (int)(Next() % (ulong)limit);

    /// <summary>Mostly small, now and then up to the limit.</summary>
    public int SmallBelow(int limit) => Below(Math.Min(limit, 1 << (1 + Below(16))));
}
