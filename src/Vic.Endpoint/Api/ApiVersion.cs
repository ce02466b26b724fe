using System.Globalization;

namespace Vic.Endpoint.Api;

/// <summary>A version of the Docker Engine API, such as 1.47.</summary>
public readonly record struct ApiVersion(int Major, int Minor) : IComparable<ApiVersion>
{
    /// <summary>The newest version that this endpoint speaks.</summary>
    public static ApiVersion Newest { get; } = new(1, 47);

    /// <summary>The oldest version that this endpoint speaks: that of docker 1.12.</summary>
    public static ApiVersion Oldest { get; } = new(1, 24);

    /// <summary>Reads the first segment of a path: <c>v1.41</c>.</summary>
    public static bool TryParsePrefix(ReadOnlySpan<char> segment, out ApiVersion version)
    {
        version = default;
        if (segment.Length is < 4 or > 12 || segment[0] != 'v' || !char.IsAsciiDigit(segment[1]))
        {
            return false;
        }

        var dot = segment.IndexOf('.');
        if (dot < 0
            || !int.TryParse(segment[1..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            || !int.TryParse(segment[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var minor))
        {
            return false;
        }

        version = new ApiVersion(major, minor);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(ApiVersion other) =>
        Major != other.Major ? Major.CompareTo(other.Major) : Minor.CompareTo(other.Minor);

    /// <summary>Whether the left version is older.</summary>
    public static bool operator <(ApiVersion left, ApiVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left version is younger.</summary>
    public static bool operator >(ApiVersion left, ApiVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left version is older or the same.</summary>
    public static bool operator <=(ApiVersion left, ApiVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left version is younger or the same.</summary>
    public static bool operator >=(ApiVersion left, ApiVersion right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}
