using System.Globalization;

namespace Vic.Endpoint.Containers;

/// <summary>Durations in words, with docker's limits (go-units' <c>HumanDuration</c>).</summary>
internal static class HumanDuration
{
    /// <summary>A duration such as <c>About a minute</c> or <c>3 weeks</c>.</summary>
    public static string Of(TimeSpan duration)
    {
        var seconds = (long)duration.TotalSeconds;
        var minutes = (long)duration.TotalMinutes;
        var hours = (long)Math.Round(duration.TotalHours, MidpointRounding.AwayFromZero);
        return seconds switch
        {
            < 1 => "Less than a second",
            1 => "1 second",
            < 60 => Text(seconds, "seconds"),
            _ when minutes == 1 => "About a minute",
            _ when minutes < 60 => Text(minutes, "minutes"),
            _ when hours == 1 => "About an hour",
            _ when hours < 48 => Text(hours, "hours"),
            _ when hours < 24 * 7 * 2 => Text(hours / 24, "days"),
            _ when hours < 24 * 30 * 2 => Text(hours / 24 / 7, "weeks"),
            _ when hours < 24 * 365 * 2 => Text(hours / 24 / 30, "months"),
            _ => Text((long)(duration.TotalHours / 24 / 365), "years"),
        };
    }

    private static string Text(long count, string unit) => string.Create(CultureInfo.InvariantCulture, $"{count} {unit}");
}
