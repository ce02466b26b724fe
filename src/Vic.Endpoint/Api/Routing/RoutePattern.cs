namespace Vic.Endpoint.Api.Routing;

/// <summary>
/// A path of the Docker API: literal segments, <c>{name}</c> for one segment and <c>{name*}</c> for one or more,
/// because the names of images contain slashes.
/// </summary>
public sealed class RoutePattern
{
    private readonly string[] _segments;

    /// <summary>Reads a pattern such as <c>/images/{name*}/json</c>.</summary>
    public RoutePattern(string pattern) => _segments = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The values of the placeholders when the path's segments fit, null otherwise.</summary>
    public Dictionary<string, string>? Match(ReadOnlySpan<string> path)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var position = 0;
        for (var index = 0; index < _segments.Length; index++)
        {
            var segment = _segments[index];
            if (position >= path.Length)
            {
                return null;
            }

            if (segment[0] != '{')
            {
                if (path[position++] != segment)
                {
                    return null;
                }
            }
            else if (segment.EndsWith("*}", StringComparison.Ordinal))
            {
                var taken = path.Length - position - (_segments.Length - index - 1);
                if (taken < 1)
                {
                    return null;
                }

                values[segment[1..^2]] = string.Join('/', path.Slice(position, taken)!);
                position += taken;
            }
            else
            {
                values[segment[1..^1]] = path[position++];
            }
        }

        return position == path.Length ? values : null;
    }
}
