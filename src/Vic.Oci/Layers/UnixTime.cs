namespace Vic.Oci.Layers;

/// <summary>Times of archives, which may be outside what .NET can say.</summary>
internal static class UnixTime
{
    private static readonly decimal Minimum = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly decimal Maximum = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static DateTimeOffset From(decimal seconds)
    {
        var bounded = Math.Clamp(seconds, Minimum, Maximum);
        var whole = Math.Floor(bounded);
        return DateTimeOffset.FromUnixTimeSeconds((long)whole).AddTicks((long)((bounded - whole) * TimeSpan.TicksPerSecond));
    }
}
