using System.Globalization;
using Vic.Configuration;

namespace Vic.Engine.Changes;

/// <summary>Who changes a VCH at the moment.</summary>
/// <param name="Id">Tells this change from every other; empty when its maker, such as vic-machine, has given it none.</param>
/// <param name="Action">The cmdlet.</param>
/// <param name="By">The account and the computer that it runs on.</param>
/// <param name="Since">When it began.</param>
internal sealed record UpdateOwner(string Id, string Action, string By, DateTimeOffset Since)
{
    private const char Separator = '|';
    private const int Parts = 4;

    private static readonly UpdateOwner Unknown = new("", "", "", default);

    public static UpdateOwner New(string action) =>
        new(Guid.NewGuid().ToString("N"), action, $"{Environment.UserName}@{Environment.MachineName}", DateTimeOffset.UtcNow);

    /// <summary>The owner that the keys of an endpoint VM name; null while nobody changes it.</summary>
    public static UpdateOwner? ReadFrom(IReadOnlyDictionary<string, string> keys)
    {
        if (!keys.TryGetValue(GuestInfoNames.UpdateInProgress, out var flag) || !string.Equals(flag, "true", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var parts = keys.TryGetValue(GuestInfoNames.UpdateOwner, out var text) ? text.Split(Separator) : [];
        return parts.Length == Parts
            && DateTimeOffset.TryParse(parts[3], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since)
            ? new UpdateOwner(parts[0], parts[1], parts[2], since)
            : Unknown;
    }

    /// <summary>The form for the key.</summary>
    public string ToText() => string.Join(
        Separator.ToString(), Id, Action, By.Replace(Separator, ' '), Since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    /// <summary>For messages.</summary>
    public override string ToString() => Id.Length == 0
        ? "begun by a tool that did not leave its name"
        : FormattableString.Invariant($"{Action} by {By} since {Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
}
