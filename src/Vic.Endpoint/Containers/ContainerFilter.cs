using System.Globalization;
using System.Text.RegularExpressions;
using Vic.Endpoint.Api;
using Vic.Endpoint.Errors;

namespace Vic.Endpoint.Containers;

/// <summary>Which containers <c>docker ps</c> shows.</summary>
internal sealed class ContainerFilter
{
    private static readonly string[] Accepted =
    [
        "ancestor", "before", "exited", "id", "label", "name", "network", "since", "status", "volume", "health", "expose", "publish", "isolation", "is-task",
    ];

    private static readonly string[] Words = ["paused", "restarting", "removing", "running", "dead", "created", "exited"];

    private readonly FilterSet _filters;
    private readonly IReadOnlySet<string> _ancestors;
    private readonly ContainerCatalog _catalog;
    private readonly List<int> _exitCodes;

    /// <summary>Reads the filters; <paramref name="ancestors"/> are the ids of the images that the ancestor filter means.</summary>
    public ContainerFilter(FilterSet filters, IReadOnlySet<string> ancestors, ContainerCatalog catalog)
    {
        filters.Validate(Accepted);
        foreach (var status in filters["status"].Where(status => !Words.Contains(status)))
        {
            throw EngineException.InvalidParameter($"Invalid filter 'status={status}'");
        }

        foreach (var unsupported in (string[])["health", "expose", "publish", "isolation", "is-task"])
        {
            if (filters[unsupported].Count > 0 && !(unsupported == "health" && filters[unsupported].All(health => health == "none")))
            {
                throw EngineException.InvalidParameter($"The filter {unsupported} is not supported: this virtual container host has nothing to match it with.");
            }
        }

        _filters = filters;
        _ancestors = ancestors;
        _catalog = catalog;
        _exitCodes = [.. filters["exited"].Select(text =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code)
                ? code
                : throw EngineException.InvalidParameter($"strconv.Atoi: parsing \"{text}\": invalid syntax"))];
    }

    /// <summary>Applies the filters, and the limit that counts from the youngest.</summary>
    public IEnumerable<Container> Apply(bool all, int? limit)
    {
        var before = _filters["before"].Select(_catalog.Find).Select(container => container.Record.Created).ToList();
        var since = _filters["since"].Select(_catalog.Find).Select(container => container.Record.Created).ToList();
        all = all || limit > 0 || _filters["status"].Count > 0 || _exitCodes.Count > 0 || before.Count > 0 || since.Count > 0;
        var found = _catalog.All().Where(container =>
            (all || container.State.IsRunning)
            && Matches(container)
            && before.TrueForAll(time => container.Record.Created < time)
            && since.TrueForAll(time => container.Record.Created > time));
        return limit > 0 ? found.Take(limit.Value) : found;
    }

    private bool Matches(Container container)
    {
        var record = container.Record;
        return Any("id", id => record.Id.StartsWith(id, StringComparison.Ordinal))
            && Any("name", name => IsNamed(record.Name, name))
            && Any("status", status => container.State.Word == status)
            && Any("network", network => ContainerView.NetworkName(record) == network)
            && _filters["volume"].Count == 0 // No container has one.
            && (_filters["ancestor"].Count == 0 || _ancestors.Contains(record.ImageId))
            && (_exitCodes.Count == 0 || (container.State is { Status: ContainerStatus.Exited } state && _exitCodes.Contains(state.ExitCode)))
            && _filters.MatchesLabels(record.Config.Labels ?? []);
    }

    private bool Any(string filter, Func<string, bool> matches) => _filters[filter].Count == 0 || _filters[filter].Any(matches);

    private static bool IsNamed(string name, string pattern)
    {
        try
        {
            // docker matches with the slash in front of the name, and without.
            return Regex.IsMatch("/" + name, pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)
                || Regex.IsMatch(name, pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception malformed) when (malformed is ArgumentException or NotSupportedException)
        {
            return name == pattern;
        }
    }
}
