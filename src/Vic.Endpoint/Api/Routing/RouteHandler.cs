namespace Vic.Endpoint.Api.Routing;

/// <summary>Answers one request.</summary>
public delegate Task RouteHandler(ApiRequest request);
