namespace Vic.Testing.Fuzzing;

/// <summary>How many inputs.</summary>
public static class FuzzSize
{
    /// <summary>In every test run.</summary>
    public const int Test = 50_000;

    /// <summary>In <c>build -- soak</c>.</summary>
    public const int Soak = 1_000_000;
}
