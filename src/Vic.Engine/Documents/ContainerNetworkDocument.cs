using Vic.Engine.Requests;

namespace Vic.Engine.Documents;

/// <summary>Container networks as a list of names and values, the names being those of <c>New-VCH -ContainerNetwork</c>.</summary>
internal static class ContainerNetworkDocument
{
    private static readonly string[] TextNames = ["Network", "Alias", "Gateway", "Firewall"];
    private static readonly string[] ListNames = ["IPRange", "DnsServer"];

    /// <summary>The names that a network may have.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. TextNames, .. ListNames];

    public static bool IsList(string name) => ListNames.Contains(name, StringComparer.Ordinal);

    public static object? Write(VchRequest request) =>
        request.Containers.Networks.Count == 0 ? null : request.Containers.Networks.Select(Write).ToList<object>();

    public static VchRequest Read(VchRequest request, object value) => request with
    {
        Containers = request.Containers with { Networks = ((IEnumerable<object>)value).Cast<IReadOnlyDictionary<string, object>>().Select(Read).ToList() },
    };

    private static SortedDictionary<string, object> Write(ContainerNetworkRequest network)
    {
        var values = new SortedDictionary<string, object>(StringComparer.Ordinal) { ["Network"] = network.Network.ToString() };
        Add(values, "Alias", network.Alias);
        Add(values, "Gateway", network.Gateway);
        Add(values, "Firewall", network.Firewall);
        Add(values, "IPRange", network.IPRanges);
        Add(values, "DnsServer", network.DnsServers);
        return values;
    }

    private static ContainerNetworkRequest Read(IReadOnlyDictionary<string, object> values) => new()
    {
        Network = InventorySelector.ByName(Text(values, "Network") ?? ""),
        Alias = Text(values, "Alias"),
        Gateway = Text(values, "Gateway"),
        Firewall = Text(values, "Firewall"),
        IPRanges = List(values, "IPRange"),
        DnsServers = List(values, "DnsServer"),
    };

    private static string? Text(IReadOnlyDictionary<string, object> values, string name) => values.TryGetValue(name, out var value) ? (string)value : null;

    private static List<string> List(IReadOnlyDictionary<string, object> values, string name) =>
        values.TryGetValue(name, out var value) ? ((IEnumerable<object>)value).Cast<string>().ToList() : [];

    private static void Add(SortedDictionary<string, object> values, string name, string? value)
    {
        if (value is not null)
        {
            values[name] = value;
        }
    }

    private static void Add(SortedDictionary<string, object> values, string name, IReadOnlyList<string> value)
    {
        if (value.Count > 0)
        {
            values[name] = value.ToList<object>();
        }
    }
}
