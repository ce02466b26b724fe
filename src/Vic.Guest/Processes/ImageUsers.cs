using System.Globalization;

namespace Vic.Guest.Processes;

/// <summary>The users and groups of an image, read from its passwd and group as data; nothing of the image is executed.</summary>
public sealed class ImageUsers(string passwd, string group)
{
    private readonly string[][] _users = Lines(passwd, fields: 7);
    private readonly string[][] _groups = Lines(group, fields: 4);

    /// <summary>Resolves <c>user[:group]</c>, each a name or a number, as docker's runtime does; empty is the superuser.</summary>
    /// <param name="specification">The user.</param>
    /// <param name="furtherGroups">Groups to add, by name or number.</param>
    /// <exception cref="LaunchException">A name is in neither file.</exception>
    public ProcessIdentity Resolve(string specification, IEnumerable<string> furtherGroups)
    {
        var identity = Resolve(specification);

        // docker's daemon lists the primary group among the supplementary ones (CVE-2022-36109).
        return identity with { Groups = [.. identity.Groups.Prepend(identity.Group).Concat(furtherGroups.Select(ResolveGroup)).Distinct()] };
    }

    private ProcessIdentity Resolve(string specification)
    {
        var parts = specification.Split(':', 2);
        var (userText, groupText) = (parts[0].Length == 0 ? "0" : parts[0], parts.Length > 1 ? parts[1] : string.Empty);

        var known = Array.Find(_users, user => user[0] == userText) ?? Array.Find(_users, user => user[2] == userText);
        var number = known is null
            ? Asked(userText) ?? throw new LaunchException(LaunchFailure.User, $"unable to find user {userText}: no matching entries in passwd file")
            : Number(known[2]) ?? 0;
        var home = known is null || known[5].Length == 0 ? "/" : known[5];

        return groupText.Length > 0
            ? new ProcessIdentity(number, ResolveGroup(groupText), [], home)
            : new ProcessIdentity(number, known is null ? 0 : Number(known[3]) ?? 0, GroupsOf(known?[0]), home);
    }

    private uint ResolveGroup(string text)
    {
        var known = Array.Find(_groups, entry => entry[0] == text) ?? Array.Find(_groups, entry => entry[2] == text);
        return (known is null ? Asked(text) : Number(known[2]))
            ?? throw new LaunchException(LaunchFailure.User, $"unable to find group {text}: no matching entries in group file");
    }

    private uint[] GroupsOf(string? user) =>
        user is null
            ? []
            : [.. _groups.Where(entry => entry[3].Split(',').Contains(user)).Select(entry => Number(entry[2])).OfType<uint>()];

    /// <summary>A number that the user wrote; one out of range is refused in docker's words, as it is no name either.</summary>
    private static uint? Asked(string text) =>
        Number(text) is null && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? throw new LaunchException(LaunchFailure.User, "uids and gids must be in range 0-2147483647")
            : Number(text);

    private static uint? Number(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= int.MaxValue ? number : null;

    private static string[][] Lines(string text, int fields) =>
    [
        .. text.Split('\n')
            .Select(line => line.TrimEnd('\r').Split(':'))
            .Where(parts => parts.Length > 1 && parts[0].Length > 0)
            .Select(parts => parts.Length >= fields ? parts : [.. parts, .. Enumerable.Repeat(string.Empty, fields - parts.Length)]),
    ];
}
