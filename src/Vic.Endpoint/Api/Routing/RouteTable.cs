namespace Vic.Endpoint.Api.Routing;

/// <summary>The routes of the API in the order in which they are tried.</summary>
public sealed class RouteTable
{
    private readonly List<(string Method, RoutePattern Pattern, RouteHandler Handler)> _routes = [];

    /// <summary>Adds a route; <paramref name="route"/> is a method and a pattern, such as <c>GET /info</c>; the method <c>*</c> is any.</summary>
    public RouteTable Add(string route, RouteHandler handler)
    {
        var space = route.IndexOf(' ', StringComparison.Ordinal);
        _routes.Add((route[..space], new RoutePattern(route[(space + 1)..]), handler));
        return this;
    }

    /// <summary>Finds the handler of a request; null when no route fits.</summary>
    public RouteHandler? Find(string method, ReadOnlySpan<string> path, out Dictionary<string, string> values)
    {
        foreach (var route in _routes)
        {
            if ((route.Method == "*" || route.Method == method) && route.Pattern.Match(path) is { } found)
            {
                values = found;
                return route.Handler;
            }
        }

        values = [];
        return null;
    }
}
