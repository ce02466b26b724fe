using System.Globalization;
using Vic.Endpoint.Api.Models;
using Vic.Endpoint.Api.Routing;
using Vic.Endpoint.Containers;
using Vic.Endpoint.Errors;

namespace Vic.Endpoint.Api.Routes;

/// <summary>The two networks of a VCH, bridge and none, and its empty list of volumes.</summary>
internal sealed class NetworkRoutes(Engine engine)
{
    private static readonly string NoneId = new('0', 64);

    public void AddTo(RouteTable routes) => routes
        .Add("GET /networks", ListAsync)
        .Add("GET /networks/{id}", InspectAsync)
        .Add("GET /volumes", request => request.WriteAsync(new VolumeList(), EngineJson.Wire.VolumeList))
        .Add("GET /volumes/{name}", request => throw EngineException.NotFound($"get {request.Route("name")}: no such volume"))
        .Add("DELETE /volumes/{name}", request => throw EngineException.NotFound($"get {request.Route("name")}: no such volume"));

    private Task ListAsync(ApiRequest request)
    {
        var filters = FilterSet.Parse(request.Query("filters"));
        filters.Validate("dangling", "driver", "id", "label", "name", "scope", "type");
        bool Any(string filter, Func<string, bool> matches) => filters[filter].Count == 0 || filters[filter].Any(matches);
        var networks = All().Where(network =>
            Any("name", name => network.Name.Contains(name, StringComparison.Ordinal))
            && Any("id", id => network.Id.StartsWith(id, StringComparison.Ordinal))
            && Any("driver", driver => network.Driver == driver)
            && Any("scope", scope => network.Scope == scope)
            && Any("type", type => type == "builtin")
            && Any("dangling", dangling => dangling is "false" or "0")
            && filters.MatchesLabels(network.Labels)).ToList();
        return request.WriteAsync(networks, EngineJson.Wire.ListNetworkView);
    }

    private Task InspectAsync(ApiRequest request)
    {
        var text = request.Route("id");
        var network = All().FirstOrDefault(network => network.Name == text)
            ?? All().FirstOrDefault(network => network.Id.StartsWith(text, StringComparison.Ordinal))
            ?? throw EngineException.NotFound($"network {text} not found");
        return request.WriteAsync(network, EngineJson.Wire.NetworkView);
    }

    private IEnumerable<NetworkView> All()
    {
        var bridge = engine.Bridge;
        var members = new SortedDictionary<string, NetworkMember>(StringComparer.Ordinal);
        foreach (var container in engine.Containers.Catalog.All())
        {
            if (container is { State.IsRunning: true, Network: { } binding })
            {
                members[container.Id] = new NetworkMember
                {
                    Name = container.Record.Name,
                    EndpointID = container.Id,
                    IPv4Address = string.Create(CultureInfo.InvariantCulture, $"{binding.Address}/{binding.PrefixLength}"),
                };
            }
        }

        yield return new NetworkView
        {
            Name = "bridge",
            Id = bridge.Id,
            Created = ContainerView.Time(DateTimeOffset.UnixEpoch),
            Driver = "bridge",
            IPAM = new NetworkIpam { Config = [new NetworkIpamPool { Subnet = bridge.Subnet.ToString(), Gateway = bridge.Gateway.ToString() }] },
            Containers = members,
        };
        yield return new NetworkView { Name = "none", Id = NoneId, Created = ContainerView.Time(DateTimeOffset.UnixEpoch), Driver = "null" };
    }
}
