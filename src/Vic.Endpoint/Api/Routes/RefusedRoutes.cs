using Vic.Endpoint.Api.Routing;
using Vic.Endpoint.Errors;

namespace Vic.Endpoint.Api.Routes;

/// <summary>Routes of the Docker API that a VCH does not offer, each refused by the name that users know.</summary>
internal static class RefusedRoutes
{
    private static readonly (string Route, string Name)[] Refused =
    [
        ("GET /containers/{id}/top", "docker top"),
        ("GET /containers/{id}/stats", "docker stats"),
        ("GET /containers/{id}/changes", "docker diff"),
        ("GET /containers/{id}/export", "docker export"),
        ("POST /containers/{id}/update", "docker update"),
        ("POST /containers/{id}/pause", "docker pause"),
        ("POST /containers/{id}/unpause", "docker unpause"),
        ("GET /containers/{id}/attach/ws", "Attaching by websocket"),
        ("* /containers/{id}/archive", "docker cp"),
        ("POST /containers/{id}/copy", "docker cp"),
        ("* /containers/{id}/checkpoints", "docker checkpoint"),
        ("DELETE /containers/{id}/checkpoints/{checkpoint}", "docker checkpoint"),
        ("POST /containers/prune", "docker container prune"),
        ("POST /commit", "docker commit"),
        ("POST /build", "docker build"),
        ("POST /build/prune", "docker builder prune"),
        ("POST /session", "docker buildx"),
        ("POST /grpc", "docker buildx"),
        ("POST /images/load", "docker load"),
        ("GET /images/get", "docker save"),
        ("GET /images/{name*}/get", "docker save"),
        ("GET /images/search", "docker search"),
        ("POST /images/prune", "docker image prune"),
        ("POST /images/{name*}/push", "docker push"),
        ("GET /distribution/{name*}/json", "docker manifest inspect"),
        ("POST /auth", "docker login against the endpoint"),
        ("GET /system/df", "docker system df"),
        ("POST /volumes/create", "docker volume create"),
        ("PUT /volumes/{name}", "docker volume update"),
        ("POST /volumes/prune", "docker volume prune"),
        ("POST /networks/create", "docker network create"),
        ("DELETE /networks/{id}", "docker network rm"),
        ("POST /networks/{id}/connect", "docker network connect"),
        ("POST /networks/{id}/disconnect", "docker network disconnect"),
        ("POST /networks/prune", "docker network prune"),
        ("* /plugins", "docker plugin"),
        ("* /plugins/{rest*}", "docker plugin"),
        ("* /swarm", "docker swarm"),
        ("* /swarm/{rest*}", "docker swarm"),
        ("* /services", "docker service"),
        ("* /services/{rest*}", "docker service"),
        ("* /nodes", "docker node"),
        ("* /nodes/{rest*}", "docker node"),
        ("* /tasks", "docker service"),
        ("* /tasks/{rest*}", "docker service"),
        ("* /secrets", "docker secret"),
        ("* /secrets/{rest*}", "docker secret"),
        ("* /configs", "docker config"),
        ("* /configs/{rest*}", "docker config"),
    ];

    public static void AddTo(RouteTable routes)
    {
        foreach (var (route, name) in Refused)
        {
            routes.Add(route, _ => throw EngineException.NotImplemented($"{name} is not supported by this virtual container host."));
        }
    }
}
